/** Ids and message timestamps, each given once. */
export interface Ids {
  /** `next('U')` gives `U00000001`, then `U00000002`. */
  next(prefix: string): string;
  /** Seconds with six decimals, later than every one before: `1700000000.000100`. */
  timestamp(): string;
}

/** @param now milliseconds since 1970. */
export function createIds(now: () => number): Ids {
  let count = 0;
  let last = 0;
  return {
    next(prefix) {
      count += 1;
      return prefix + count.toString(36).toUpperCase().padStart(8, '0');
    },
    timestamp() {
      last = Math.max(Math.floor(now() * 1000), last + 1);
      const seconds = Math.floor(last / 1_000_000);
      return `${seconds}.${String(last % 1_000_000).padStart(6, '0')}`;
    },
  };
}
