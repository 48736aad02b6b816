const binaryPower: ReadonlyMap<string, number> = new Map([
  ['', 0],
  ['k', 1],
  ['m', 2],
  ['g', 3],
  ['t', 4],
  ['p', 5],
]);

/**
 * Reads an amount of memory as the docker CLI does: `512m`, `1.5g`, `64MiB`, `1024`. Every unit is a power of 1024.
 * Source: github.com/docker/go-units, RAMInBytes.
 * @returns bytes; undefined when the text is no amount.
 */
export function parseBytes(text: string): number | undefined {
  const found = /^(?<amount>\d+\.?\d*|\.\d+) ?(?<unit>[kmgtp]?)(?:i?b)?$/i.exec(text)?.groups;
  const power = binaryPower.get(found?.['unit']?.toLowerCase() ?? '');
  if (found === undefined || power === undefined) return undefined;
  const bytes = Math.trunc(Number(found['amount']) * 1024 ** power);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/**
 * Reads a number of CPUs: `0.5`, `2`, `.25`.
 * Source: docker/cli opts/opts.go, ParseCPUs, which refuses what is finer than a billionth.
 * @returns billionths of a CPU, exactly; undefined when the text is no such number.
 */
export function parseNanoCpus(text: string): number | undefined {
  const found = /^(?<whole>\d{0,6})(?:\.(?<fraction>\d{0,40}))?$/.exec(text)?.groups;
  const whole = found?.['whole'] ?? '';
  const fraction = (found?.['fraction'] ?? '').replace(/0+$/, '');
  if (found === undefined || !/\d/.test(text) || fraction.length > 9) return undefined;
  return Number(`${whole || '0'}${fraction.padEnd(9, '0')}`);
}
