import type { ServiceSpec } from '../swarm/service.ts';

declare global {
  // TypeScript's library doesn't know these yet; Node 22 and later do (ECMA-262, JSON.parse source text access).
  interface JSON {
    parse(
      text: string,
      reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
    ): unknown;
    rawJSON(text: string): object;
  }
}

/** Does it hold a whole number beyond 2^53, which JSON.parse may have rounded? */
export function hasInexactIntegers(value: unknown): boolean {
  if (typeof value === 'number') return isInexact(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasInexactIntegers);
}

/**
 * Serializes a spec that was read from `service`, and changed since, with the whole numbers beyond 2^53 as they stand
 * there: engines have 64-bit integers (byte limits, nanoseconds, ulimits), and JavaScript rounds them.
 * A number counts as unchanged when the service has one that rounds to it, in the same place or, failing that, anywhere.
 * @param service the JSON that the engine gave
 */
export function exactSpecJson(spec: ServiceSpec, service: string): string {
  const numerals = new Map<number, string>();
  const exact: unknown = JSON.parse(service, (_key, parsed, { source }) => {
    if (typeof parsed !== 'number' || source === undefined || !isInexact(parsed)) return parsed;
    numerals.set(parsed, source);
    return new Numeral(parsed, source);
  });
  return JSON.stringify(restored(spec, children(exact)['Spec'], numerals));
}

class Numeral {
  readonly rounded: number;
  readonly text: string;

  constructor(rounded: number, text: string) {
    this.rounded = rounded;
    this.text = text;
  }
}

function restored(value: unknown, exact: unknown, numerals: ReadonlyMap<number, string>): unknown {
  if (typeof value === 'number' && isInexact(value)) {
    const here = exact instanceof Numeral && exact.rounded === value ? exact.text : undefined;
    const numeral = here ?? numerals.get(value);
    return numeral === undefined ? value : JSON.rawJSON(numeral);
  }
  if (typeof value !== 'object' || value === null) return value;
  const places = children(exact);
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => restored(item, places[String(index)], numerals));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, restored(item, places[key], numerals)]),
  );
}

function children(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function isInexact(value: number): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value);
}
