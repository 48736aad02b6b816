import { readFileSync } from 'node:fs';

/**
 * What docs/reliability.md says was seen: its table is the expectation of the suite that makes it again.
 * @returns the cell, or a text that nothing seen equals.
 */
export function measured(fault: string, moment: string): string {
  const rows = readFileSync('docs/reliability.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const row = rows.find((cells) => cells[1] === fault && cells[2] === moment);
  return row?.[3] ?? `docs/reliability.md has no row "${fault}", "${moment}"`;
}
