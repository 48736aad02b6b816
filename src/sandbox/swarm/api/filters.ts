import { isFields } from '../exact-json.ts';
import { Refusal } from '../refusal.ts';

/** What a list is to be narrowed to: `{"label":["a=b"]}`, or in the older form `{"label":{"a=b":true}}`. */
export interface Filters {
  get(key: string): readonly string[];
  has(key: string): boolean;
}

/** @throws Refusal for what is no filter, or none that is accepted here. */
export function filtersIn(query: URLSearchParams, accepted: readonly string[]): Filters {
  const text = query.get('filters') ?? '';
  const values = text === '' ? {} : parsed(text);
  const unknown = Object.keys(values).find((key) => !accepted.includes(key));
  if (unknown !== undefined) throw new Refusal(400, `invalid filter '${unknown}'`);
  return {
    get: (key) => values[key] ?? [],
    has: (key) => (values[key]?.length ?? 0) > 0,
  };
}

function parsed(text: string): Readonly<Record<string, readonly string[]>> {
  try {
    const value: unknown = JSON.parse(text);
    if (!isFields(value)) throw new Refusal(400, 'invalid filter');
    return Object.fromEntries(
      Object.entries(value).map(([key, given]) => [
        key,
        Array.isArray(given) ? given.map(String) : isFields(given) ? Object.keys(given) : [],
      ]),
    );
  } catch {
    throw new Refusal(400, 'invalid filter');
  }
}

/** No prefixes at all match everything. */
export function hasPrefix(text: string, prefixes: readonly string[]): boolean {
  return prefixes.length === 0 || prefixes.some((prefix) => text.startsWith(prefix));
}

/** `key` or `key=value`, all of them. */
export function hasLabels(
  labels: Readonly<Record<string, string>> | null | undefined,
  wanted: readonly string[],
): boolean {
  return wanted.every((want) => {
    const at = want.indexOf('=');
    const actual = labels?.[at < 0 ? want : want.slice(0, at)];
    return actual !== undefined && (at < 0 || want.slice(at + 1) === '' || actual === want.slice(at + 1));
  });
}
