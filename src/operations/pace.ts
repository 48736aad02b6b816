import { setTimeout } from 'node:timers/promises';

/** What passes the time of something long, given from outside so that it can be tested without waiting. */
export interface Pace {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0 to 1, as `Math.random`. */
  readonly random: () => number;
  /** Rejects when the signal aborts. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export function realPace(now: () => number): Pace {
  return {
    now,
    random: Math.random,
    pause: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
  };
}

/** Twice as long with every try, up to `most`, and half of it left to chance: those who wait don't meet again. */
export function backOff(tries: number, first: number, most: number, random: () => number): number {
  return Math.min(most, first * 2 ** Math.min(tries, 16)) * (0.5 + random() / 2);
}
