/**
 * How long to wait before the next try: doubled with each failure up to a bound, and spread, so that many who lost the
 * same thing don't come back at once. Milliseconds.
 * @param random from 0 to 1.
 */
export function backoff(failures: number, { first, most }: Bounds, random: () => number): number {
  const wait = Math.min(most, first * 2 ** Math.min(failures, 30));
  return Math.round(wait * (0.5 + random() / 2));
}

interface Bounds {
  readonly first: number;
  readonly most: number;
}
