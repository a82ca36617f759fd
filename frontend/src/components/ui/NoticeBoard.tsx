/** Shows the notices. */
import { useEffect, useState, type ComponentType } from 'react';
import classes from './NoticeBoard.module.css';
import { noticeArea, noticesHere } from './noticeArea';

interface AreaProps {
  position: 'bottom-center';
  className: string | undefined;
}

const REST_MS = 3_000;

export function NoticeBoard() {
  const [Area, setArea] = useState<ComponentType<AreaProps> | null>(null);
  useEffect(() => {
    void noticesHere.then(({ Notifications }) => setArea(() => Notifications));
    const timer = setTimeout(() => void noticeArea(), REST_MS);
    return () => clearTimeout(timer);
  }, []);
  return Area && <Area position="bottom-center" className={classes.area} />;
}
