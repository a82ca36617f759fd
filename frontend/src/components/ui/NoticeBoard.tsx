/** Shows the notices. */
import { useEffect, useState, type ComponentType } from 'react';
import { noticeArea, noticesHere } from './noticeArea';

const REST_MS = 3_000;

export function NoticeBoard() {
  const [Area, setArea] = useState<ComponentType<{ position: 'top-center' }> | null>(null);
  useEffect(() => {
    void noticesHere.then(({ Notifications }) => setArea(() => Notifications));
    const timer = setTimeout(() => void noticeArea(), REST_MS);
    return () => clearTimeout(timer);
  }, []);
  return Area && <Area position="top-center" />;
}
