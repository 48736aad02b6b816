const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/**
 * An amount of bytes as the docker CLI says it, four digits at most: `512MiB`, `23.47GiB`.
 * Source: github.com/docker/go-units, BytesSize.
 */
export function humanSize(bytes: number): string {
  let size = bytes;
  let unit: string = units[0];
  for (const larger of units.slice(1)) {
    if (size < 1024) break;
    size /= 1024;
    unit = larger;
  }
  return `${Number(size.toPrecision(4))}${unit}`;
}
