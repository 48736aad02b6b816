/** Lines of a page that is read, not parsed: `undefined` is left out. */
export type Lines = readonly (string | undefined)[];

const valueColumn = 22;

/** `Label:    value`, values below one another; left out when there is no value. */
export function field(
  label: string,
  value: string | number | boolean | null | undefined,
  indent = 0,
): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return `${`${' '.repeat(indent)}${label}: `.padEnd(valueColumn)}${value}`;
}

/** A heading with lines below it; left out altogether when there are none. */
export function section(heading: string, lines: Lines): Lines {
  const present = lines.filter((line) => line !== undefined);
  return present.length === 0 ? [] : [`${heading}:`, ...present];
}

/** Keys and values, one pair a line, sorted as Go's templates sort them. */
export function pairs(
  record: Readonly<Record<string, string>> | null | undefined,
  line: (key: string, value: string) => string,
): Lines {
  return Object.keys(record ?? {})
    .toSorted()
    .map((key) => line(key, record?.[key] ?? ''));
}

export function page(lines: Lines): string {
  return lines.filter((line) => line !== undefined).join('\n');
}
