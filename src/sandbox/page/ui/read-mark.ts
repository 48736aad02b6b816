import { useEffect } from 'react';
import { useHere } from './workspace-context.ts';

/** Marks a channel as read up to its newest message while one looks at it. */
export function useReadMark(channel: string, newest: string | undefined): void {
  const { world, me, act } = useHere();
  const marked = world.read.find((mark) => mark.user === me.id && mark.channel === channel)?.ts ?? '';
  const user = me.id;
  useEffect(() => {
    if (newest === undefined || newest <= marked) return undefined;
    const mark = () => {
      if (document.visibilityState === 'visible') void act({ kind: 'read', user, channel, ts: newest });
    };
    mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [newest, marked, user, channel, act]);
}
