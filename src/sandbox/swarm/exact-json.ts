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

/** A JSON object whose fields are still to be looked at. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Parses JSON such that `JSON.stringify` gives it back to the last digit: engines have 64-bit integers, and JavaScript
 * rounds them. Such a number becomes an object that only `JSON.stringify` understands.
 * @throws SyntaxError
 */
export function parseExactJson(text: string): unknown {
  return JSON.parse(text, (_key, value, { source }) =>
    typeof value === 'number' &&
    Number.isInteger(value) &&
    !Number.isSafeInteger(value) &&
    source !== undefined
      ? JSON.rawJSON(source)
      : value,
  );
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object in a field; an empty one when there is none. */
export function fieldsIn(value: unknown): Fields {
  return isFields(value) ? value : {};
}

export function itemsIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Without the fields that Go leaves out of its JSON: absent, null, empty. */
export function withoutEmpty(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) =>
        value !== undefined &&
        value !== null &&
        value !== '' &&
        value !== 0 &&
        value !== false &&
        !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** These fields first, in this order, then the rest as they stand. */
export function ordered(fields: Fields, first: readonly string[]): Fields {
  const known = first.filter((key) => fields[key] !== undefined).map((key) => [key, fields[key]] as const);
  const rest = Object.entries(fields).filter(([key]) => !first.includes(key));
  return Object.fromEntries([...known, ...rest]);
}
