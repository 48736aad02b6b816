/** Source: https://pkg.go.dev/time#ParseDuration */
const unitNanoseconds: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1000n],
  ['µs', 1000n],
  ['μs', 1000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
]);

/**
 * Reads a duration as Go does: `10s`, `1h30m`, `1.5s`, `250us`, `0`. None of the docker CLI's may be negative.
 * @returns nanoseconds, the unit of every duration in the Engine API; undefined when the text is no duration, or one so
 *   long (104 days) that a number can't hold it.
 */
export function parseGoDuration(text: string): number | undefined {
  if (/^\+?0$/.test(text)) return 0;
  if (!/^\+?(?:(?:\d+\.?\d*|\.\d+)(?:ns|[uµμ]s|ms|s|m|h))+$/.test(text) || text.length > 64) return undefined;
  let total = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of text.matchAll(
    /(\d*)\.?(\d*)(ns|[uµμ]s|ms|s|m|h)/g,
  )) {
    const each = unitNanoseconds.get(unit) ?? 0n;
    total += BigInt(whole || '0') * each + (BigInt(fraction || '0') * each) / 10n ** BigInt(fraction.length);
  }
  return total <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(total) : undefined;
}
