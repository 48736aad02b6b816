import { parseDuration } from './duration.ts';

/** RFC 3339, as much of it as the docker CLI takes: the time, and in it seconds and zone, may be left out. */
const rfc3339 = /^\d{4}-\d\d-\d\d(?:T\d\d(?::\d\d(?::\d\d(?:\.\d{1,9})?)?)?(Z|[+-]\d\d:\d\d)?)?$/i;

/**
 * Reads a moment as the docker CLI's `--since` does: so long ago (`10m`, `2h`, `1d`), RFC 3339 (in UTC when it names no
 * zone), or seconds since 1970.
 * @param now milliseconds since 1970.
 * @returns milliseconds since 1970, or undefined when the text is no moment.
 */
export function parseMoment(text: string, now: number): number | undefined {
  const ago = parseDuration(text);
  if (ago !== undefined) return now - ago;
  if (/^\d{1,11}(?:\.\d{1,9})?$/.test(text)) return Math.floor(Number(text) * 1000);
  const match = rfc3339.exec(text);
  if (match === null) return undefined;
  const [whole, zone] = match;
  const [date = '', time = '00:00'] = (zone === undefined ? whole : whole.slice(0, -zone.length)).split(/T/i);
  const at = Date.parse(`${date}T${/^\d\d$/.test(time) ? `${time}:00` : time}${zone ?? 'Z'}`);
  return Number.isNaN(at) ? undefined : at;
}
