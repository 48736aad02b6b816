import { useEffect } from 'react';
import type { Channel } from '../protocol.ts';
import type { Standing } from './standing.ts';

/** Alt and an arrow go to the channel above or below, as in Slack. */
export function useChannelKeys(
  standing: Standing,
  channels: readonly Channel[],
  go: (standing: Standing) => void,
): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const step = steps[event.key];
      if (!event.altKey || step === undefined || channels.length === 0) return;
      event.preventDefault();
      const { at } = standing;
      const from = at.kind === 'channel' ? channels.findIndex(({ id }) => id === at.id) : -1;
      const next = channels[(from + step + channels.length) % channels.length];
      if (next !== undefined) go({ ...standing, at: { kind: 'channel', id: next.id } });
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [standing, channels, go]);
}

const steps: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };
