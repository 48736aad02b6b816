import type { Paired } from './statistics.ts';

/** A row of the table: both medians, and the ratio that counts. */
export function ratioRow(what: string, measured: Paired, target: number): string {
  const { ours, theirs, ratio, pairs } = measured;
  const each = (milliseconds: number) => `${Math.round(milliseconds)} ms`;
  return `| ${what} (${pairs} pairs) | ${each(ours)} | ${each(theirs)} | ${ratio.toFixed(2)} | ≤ ${target.toFixed(1)} |`;
}

export function row(what: string, ours: string, target: string): string {
  return `| ${what} | ${ours} | | | ${target} |`;
}

export function signed(megabytes: number): string {
  return `${megabytes < 0 ? '−' : '+'}${Math.abs(Math.round(megabytes))}`;
}

export function printTable(rows: readonly string[]): void {
  const head = ['| | Shipmate | docker CLI | ratio | target |', '|---|---|---|---|---|'];
  process.stdout.write([...head, ...rows, ''].join('\n'));
}
