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

/** Between tries to hear from an engine that is silent while something is followed. Milliseconds. */
export const silencePauses = { first: 250, most: 5_000 };
