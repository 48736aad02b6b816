/** Reads that askers of the same thing share while they are under way. */
export interface SharedReads<T> {
  /**
   * Joins the read under `key`, or starts one. When the signal aborts, this asker alone is rejected, with the signal's
   * reason; the read itself is aborted when nobody waits for it any more.
   */
  ask(key: string, start: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** From now on nobody joins a read that began before: something has changed. */
  outdate(): void;
}

interface Read<T> {
  readonly result: Promise<T>;
  readonly abandon: AbortController;
  waiting: number;
}

export function sharedReads<T>(): SharedReads<T> {
  const reads = new Map<string, Read<T>>();

  function begin(key: string, start: (signal: AbortSignal) => Promise<T>): Read<T> {
    const abandon = new AbortController();
    const read: Read<T> = { result: start(abandon.signal), abandon, waiting: 0 };
    const end = () => forget(key, read);
    read.result.then(end, end);
    reads.set(key, read);
    return read;
  }

  function forget(key: string, read: Read<T>): void {
    if (reads.get(key) === read) reads.delete(key);
  }

  return {
    async ask(key, start, signal) {
      signal?.throwIfAborted();
      const read = reads.get(key) ?? begin(key, start);
      read.waiting += 1;
      const leaving = Promise.withResolvers<never>();
      const leave = () => leaving.reject(signal?.reason);
      signal?.addEventListener('abort', leave, { once: true });
      try {
        return await Promise.race([read.result, leaving.promise]);
      } finally {
        signal?.removeEventListener('abort', leave);
        read.waiting -= 1;
        if (read.waiting === 0) {
          forget(key, read);
          read.abandon.abort();
        }
      }
    },
    outdate: () => reads.clear(),
  };
}
