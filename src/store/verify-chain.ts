import { setImmediate as breathe } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { genesis, linkProblem } from './audit-chain.ts';
import { recordedTargets } from './audit-record.ts';
import type { AuditHead, AuditRow, Schema } from './schema.ts';
import type { AuditVerification } from './store.ts';

/** `found`: the row that bears the expected hash; 0 for the empty log's, null when none does or none was expected. */
export type ChainVerification = AuditVerification & { readonly found: number | null };

const batchSize = 500;

/**
 * Walks the whole log in batches, so that other work goes on meanwhile and memory stays small. Rows that are written
 * after it began aren't looked at.
 * @param expected a head's hash noted before: it must be in the chain.
 */
export async function verifyChain(db: Kysely<Schema>, expected?: string): Promise<ChainVerification> {
  const { head, last } = await extent(db);
  const names = await targetNames(db);
  let seq = 0;
  let hash = genesis;
  let found = expected === genesis ? 0 : null;
  const broken = (brokenAt: number, why: string) =>
    ({ intact: false, rows: seq, brokenAt, why, found }) as const;
  for (;;) {
    const rows = await batchAfter(db, seq, last);
    const pointers = await pointersTo(db, rows);
    for (const row of rows) {
      const problem = linkProblem(row, seq, hash) ?? pointerProblem(row, pointers.get(row.seq) ?? [], names);
      if (problem !== null) return broken(row.seq > seq + 1 ? seq + 1 : row.seq, problem);
      ({ seq, hash } = row);
      if (hash === expected) found = seq;
    }
    if (rows.length < batchSize) break;
    await breathe();
  }
  if (head === undefined) return broken(seq + 1, 'The row that counts the others was removed.');
  if (head.count > seq)
    return broken(seq + 1, `The newest rows were removed: there were ${head.count}, ${seq} are left.`);
  if (head.count < seq)
    return broken(
      head.count + 1,
      `Row ${head.count + 1} was inserted: the log's head counts ${head.count} rows.`,
    );
  if (head.hash !== hash) return broken(seq, `Row ${seq} was changed: the log's head bears another hash.`);
  return { intact: true, rows: seq, head: hash, found };
}

/** The head and the number of the newest row, as they are at one moment. */
async function extent(db: Kysely<Schema>): Promise<{ head: AuditHead | undefined; last: number }> {
  return db
    .transaction()
    .setAccessMode('read only')
    .execute(async (trx) => {
      const head = await trx.selectFrom('audit_head').selectAll().executeTakeFirst();
      const newest = await trx
        .selectFrom('audit_row')
        .select((eb) => eb.fn.max('seq').as('seq'))
        .executeTakeFirst();
      return { head, last: newest?.seq ?? 0 };
    });
}

async function targetNames(db: Kysely<Schema>): Promise<ReadonlyMap<number, string>> {
  const rows = await db.selectFrom('audit_name').selectAll().execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function batchAfter(db: Kysely<Schema>, seq: number, last: number): Promise<AuditRow[]> {
  return db
    .selectFrom('audit_row')
    .selectAll()
    .where('seq', '>', seq)
    .where('seq', '<=', last)
    .orderBy('seq')
    .limit(batchSize)
    .execute();
}

type Pointer = Schema['audit_target'];

/** What makes rows findable by their targets, by row. */
async function pointersTo(
  db: Kysely<Schema>,
  rows: readonly AuditRow[],
): Promise<ReadonlyMap<number, readonly Pointer[]>> {
  const [first, last] = [rows.at(0), rows.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  const pointers = await db
    .selectFrom('audit_target')
    .selectAll()
    .where('seq', '>=', first.seq)
    .where('seq', '<=', last.seq)
    .execute();
  return Map.groupBy(pointers, (pointer) => pointer.seq);
}

/** A row that is whole but can't be found by its targets is as good as removed to who looks for it. */
function pointerProblem(
  row: AuditRow,
  pointers: readonly Pointer[],
  names: ReadonlyMap<number, string>,
): string | null {
  const targets = recordedTargets(row);
  if (targets === undefined)
    return `Row ${row.seq} fits into the chain but is no entry: Shipmate didn't write it.`;
  const found = pointers.filter(({ at }) => at === row.at).map(({ name_id }) => names.get(name_id));
  if (pointers.length === targets.length && targets.every((target) => found.includes(target))) return null;
  return `Row ${row.seq} is whole, but the list by which it is found under its targets was changed.`;
}
