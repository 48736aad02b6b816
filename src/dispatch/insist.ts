import { realPace } from '../operations/pace.ts';
import { backoff } from '../swarm/backoff.ts';
import { Failure } from '../swarm/failure.ts';
import type { DispatchTools } from './dispatch.ts';

/** The pauses between tries. Milliseconds. */
const pauses = { first: 250, most: 15_000 };

/**
 * Writes what has to be written, however long the database is locked or full: tries again until it is written, is refused
 * for good, or the process stops (then once more). Never rejects: what could not be written is logged as `what`.
 */
export async function insist(
  write: () => Promise<void>,
  what: object,
  { now, log, stopping }: Pick<DispatchTools, 'now' | 'log' | 'stopping'>,
): Promise<void> {
  const { pause, random } = realPace(now);
  for (let failures = 0; ; failures += 1) {
    const isLast = stopping.aborted;
    try {
      await write();
      return;
    } catch (error) {
      const mayPass = error instanceof Failure && error.kind === 'unavailable';
      if (isLast || !mayPass) {
        log.error({ error, ...what }, 'something could not be written down, and is not tried again');
        return;
      }
      if (failures === 0)
        log.warn({ error, ...what }, 'something could not be written down; it is tried again');
    }
    // A stop ends the pause early.
    await pause(backoff(failures, pauses, random), stopping).catch(() => undefined);
  }
}
