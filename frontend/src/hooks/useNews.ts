/**
 * News for a person with several tabs: a visible tab reports what it shows to the others, so that
 * nothing waits there that was seen already. The title of a hidden tab counts what waits in it.
 */
import { useCallback, useEffect, useRef } from 'react';
import { countWaiting } from '../services/pageTitle';

const CHANNEL = 'collabcanvas.news';

/** Says it, unless the page shows it anyway; answers with how to take it back. */
type Say = () => (() => void) | null;

export function useNews(): (news: string, say: Say) => void {
  /** With how to take it back. */
  const known = useRef(new Map<string, (() => void) | null>());
  const waiting = useRef(new Set<string>());
  const tabs = useRef<BroadcastChannel | null>(null);

  useEffect(() => {
    const said = known.current;
    const channel = new BroadcastChannel(CHANNEL);
    tabs.current = channel;
    channel.addEventListener('message', ({ data }: MessageEvent<string>) => {
      if (!known.current.has(data)) known.current.set(data, null);
      if (!waiting.current.delete(data)) return;
      known.current.get(data)?.();
      countWaiting(waiting.current.size);
    });
    const look = () => {
      if (document.hidden) return;
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other
      for (const news of waiting.current) channel.postMessage(news);
      waiting.current.clear();
      countWaiting(0);
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      channel.close();
      tabs.current = null;
      // The person who signs in next must not see any of it.
      for (const takeBack of said.values()) takeBack?.();
      countWaiting(0);
    };
  }, []);

  return useCallback((news, say) => {
    if (known.current.has(news)) return;
    known.current.set(news, say());
    if (document.hidden) {
      waiting.current.add(news);
      countWaiting(waiting.current.size);
    } else {
      tabs.current?.postMessage(news);
    }
  }, []);
}
