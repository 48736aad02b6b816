import { hash } from 'node:crypto';
import type { AuditRow } from './schema.ts';

/** What the first row names as the hash before it. */
export const genesis = '0'.repeat(64);

/**
 * The hash of a row: SHA-256, in hex, of the UTF-8 of the JSON array of its fields, in this order, without spaces:
 * `[previous, seq, kind, request_id, at, body]`. `body` is a string in it, exactly as it is stored.
 */
export function rowHash(row: Omit<AuditRow, 'hash'>): string {
  const fields = [row.previous, row.seq, row.kind, row.request_id, row.at, row.body];
  return hash('sha256', JSON.stringify(fields));
}

/**
 * Whether a row continues a chain whose newest row is number `seq`, with the hash `previous`.
 * @returns what is wrong with it, as a sentence, or null.
 */
export function linkProblem(row: AuditRow, seq: number, previous: string): string | null {
  if (row.seq > seq + 1)
    return row.seq === seq + 2
      ? `Row ${seq + 1} was removed.`
      : `Rows ${seq + 1} to ${row.seq - 1} were removed.`;
  if (rowHash(row) !== row.hash) return `Row ${row.seq} was changed: its hash doesn't fit what it says.`;
  if (row.previous !== previous)
    return `Row ${row.seq} doesn't follow row ${seq}: a row was changed, inserted, removed or moved between them.`;
  return null;
}
