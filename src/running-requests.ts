import type { Dispatch, Request } from './dispatch/request.ts';

/** The requests that are being served, so that a stop can wait for them. */
export interface RunningRequests {
  readonly dispatch: Dispatch;
  /** Counts work that nobody asked for among them. */
  include(work: Promise<void>): void;
  /** Resolves when none runs any more, or when the signal aborts. @returns how many still run. */
  idle(signal: AbortSignal): Promise<number>;
}

/** Keeps count of what goes through `dispatch`. */
export function runningRequests(dispatch: Dispatch): RunningRequests {
  const running = new Set<Promise<void>>();
  function include(work: Promise<void>): Promise<void> {
    const counted = work.finally(() => running.delete(counted));
    running.add(counted);
    return counted;
  }
  return {
    dispatch: (request: Request) => include(dispatch(request)),
    include: (work) => void include(work),
    async idle(signal) {
      const { promise: aborted, resolve } = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (signal.aborted) resolve();
      await Promise.race([aborted, Promise.allSettled(running)]);
      return running.size;
    },
  };
}
