/** As Go writes a time: `2026-11-21T09:42:56.8Z`. @param ms milliseconds since 1970, with a fraction. */
export function moment(ms: number): string {
  const whole = Math.floor(ms);
  const nanos = String(nanosOf(ms)).padStart(9, '0').replace(/0+$/, '');
  const seconds = new Date(whole).toISOString().slice(0, 19);
  return nanos === '' ? `${seconds}Z` : `${seconds}.${nanos}Z`;
}

/** With all nine digits, as in logs. */
export function fixedMoment(ms: number): string {
  return `${new Date(Math.floor(ms)).toISOString().slice(0, 19)}.${String(nanosOf(ms)).padStart(9, '0')}Z`;
}

/** Nanoseconds since 1970, which a number can't hold exactly. */
export function nanoText(ms: number): string {
  return `${Math.floor(ms / 1000)}${String(nanosOf(ms)).padStart(9, '0')}`;
}

/** What a client asks for as `since` and `until`: seconds since 1970, with a fraction. @returns milliseconds. */
export function parseMoment(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const parsed = Date.parse(text);
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** Nanoseconds since the last full second. Microseconds are what a fraction of a number of this size can tell. */
function nanosOf(ms: number): number {
  return (Math.floor(ms * 1000) % 1_000_000) * 1000;
}
