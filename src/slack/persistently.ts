import { setTimeout as sleep } from 'node:timers/promises';
import { backoff } from '../swarm/backoff.ts';
import { slackFailure } from './slack-failure.ts';

/** How long something may take with all its tries, and how many they may be. */
export interface Patience {
  /** Milliseconds. */
  readonly within: number;
  readonly tries: number;
}

export interface PersistenceTools {
  readonly now: () => number;
  readonly random: () => number;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

/** The pauses between tries when Slack doesn't name one. Milliseconds. */
const pauses = { first: 500, most: 15_000 };

/**
 * Waits out rate limits, and tries again after Slack's own trouble, as long as `patience` goes. A post whose answer got
 * lost may then be there twice: better than not at all.
 * @throws SlackFailure.
 */
export async function persistently<T>(
  method: string,
  attempt: () => Promise<T>,
  { within, tries }: Patience,
  { now, random, signal }: PersistenceTools,
): Promise<T> {
  const end = now() + within;
  for (let failures = 0; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      const failure = slackFailure(method, error);
      if (failure.retryAfter === undefined || failures + 1 >= tries || signal.aborted) throw failure;
      const wait = Math.max(failure.retryAfter, backoff(failures, pauses, random));
      if (now() + wait > end) throw failure;
      await sleep(wait, undefined, { signal }).catch(() => {
        throw failure;
      });
    }
  }
}
