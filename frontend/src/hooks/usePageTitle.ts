/** Names the browser's tab after what it shows, for as long as it does. */
import { useEffect } from 'react';
import { nameTab } from '../services/pageTitle';

export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    if (!title) return undefined;
    nameTab(title);
    return () => nameTab(null);
  }, [title]);
}
