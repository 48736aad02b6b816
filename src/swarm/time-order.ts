/**
 * Orders the Engine API's times, oldest first, to the nanosecond: `Date` would stop at milliseconds.
 * @param left, right RFC 3339 in UTC, as the API gives them; what isn't there is oldest.
 */
export function timeOrder(left: string | null | undefined, right: string | null | undefined): number {
  const [ours, theirs] = [sortable(left ?? ''), sortable(right ?? '')];
  if (ours === theirs) return 0;
  return ours < theirs ? -1 : 1;
}

/** Go leaves out the zeros at the fraction's end; with them, texts sort as times do. */
function sortable(time: string): string {
  const [seconds = '', fraction = ''] = time.replace(/Z$/, '').split('.');
  return `${seconds}.${fraction.padEnd(9, '0')}`;
}
