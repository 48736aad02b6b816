import type { Answer, TableCell } from './answer.ts';
import type { Flags } from './command-line.ts';

/** A list before it is decided how it is shown. */
export interface Listing {
  readonly columns: readonly string[];
  readonly rows: readonly ListingRow[];
  /** Said when there are no rows, whatever the format. */
  readonly empty: string;
}

export interface ListingRow {
  /** What `--quiet` leaves. */
  readonly id: string;
  readonly cells: readonly (string | TableCell)[];
  /** What `--format json` gives, with the docker CLI's keys. */
  readonly json: Readonly<Record<string, string | boolean>>;
}

/** Flags that every list takes. */
export const listingFlags = {
  filter: { type: 'list', short: 'f', value: 'KEY=VALUE', summary: 'Show only what matches' },
  quiet: { type: 'boolean', short: 'q', summary: 'Show only ids' },
  format: { type: 'string', value: 'table|json', summary: 'As a table, or as one JSON object a line' },
} as const satisfies Flags;

/** Shows a list as its flags ask: as the docker CLI does, `--format json` wins over `--quiet`. */
export function showListing(
  { columns, rows, empty }: Listing,
  { quiet, format }: { readonly quiet?: boolean; readonly format?: 'table' | 'json' },
): Answer {
  if (rows.length > 0 && format === 'json') {
    return [{ kind: 'code', text: rows.map(({ json }) => JSON.stringify(json)).join('\n') }];
  }
  if (rows.length > 0 && quiet === true) {
    return [{ kind: 'code', text: rows.map(({ id }) => id).join('\n') }];
  }
  return [{ kind: 'table', columns, rows: rows.map(({ cells }) => cells), empty }];
}

/** Says how many things a list leaves out because the asker isn't granted them. */
export function hiddenNote(noun: string, hidden: number): Answer {
  if (hidden === 0) return [];
  const text =
    hidden === 1
      ? `1 ${noun} is not shown: nothing grants you it here.`
      : `${hidden} ${noun}s are not shown: nothing grants you them here.`;
  return [{ kind: 'note', text: [text] }];
}

/** `No services in prod match name=web.` */
export function emptyListing(noun: string, where: string, filters: string): string {
  return filters === '' ? `No ${noun}s ${where}.` : `No ${noun}s ${where} match ${filters}.`;
}
