import type { Kysely, Transaction } from 'kysely';
import { Failure } from '../swarm/failure.ts';
import { rowHash } from './audit-chain.ts';
import { auditEntries } from './audit-entries.ts';
import { auditEntry, beginRecord, bounded, endRecord } from './audit-record.ts';
import { forgetTaken } from './deliveries.ts';
import type { AuditRow, Schema } from './schema.ts';
import type { AuditEntry, AuditLog } from './store.ts';
import { verifyChain } from './verify-chain.ts';

/** The audit log in SQL. Every row and the head that counts it are written in one transaction. */
export function auditLog(db: Kysely<Schema>): AuditLog {
  return {
    async begin(entry) {
      const requestId = bounded(entry.requestId, idLength);
      const { body, targets } = beginRecord(entry);
      await db.transaction().execute(async (trx) => {
        if (await rowOf(trx, 'begin', requestId))
          throw new Failure('conflict', `Request ${requestId} is in the audit log already.`);
        const row = await append(trx, { kind: 'begin', request_id: requestId, at: entry.at, body });
        await point(trx, row, targets);
        await forgetTaken(trx, requestId);
      });
    },
    async end(entry) {
      const requestId = bounded(entry.requestId, idLength);
      await db.transaction().execute(async (trx) => {
        if (!(await rowOf(trx, 'begin', requestId)))
          throw new Failure('conflict', `Request ${requestId} has no beginning in the audit log.`);
        if (await rowOf(trx, 'end', requestId))
          throw new Failure('conflict', `Request ${requestId} has ended already in the audit log.`);
        await append(trx, { kind: 'end', request_id: requestId, at: entry.at, body: endRecord(entry) });
      });
    },
    entries: (query) => auditEntries(db, query),
    entry: (requestId) => entryOf(db, bounded(requestId, idLength)),
    closeInterrupted: (at, endOf = () => interrupted) =>
      db.transaction().execute(async (trx) => {
        const open = await openRows(trx);
        const entries = [];
        for (const begin of open) {
          const end = {
            kind: 'end',
            request_id: begin.request_id,
            at,
            body: endRecord(endOf(auditEntry(begin, undefined))),
          } as const;
          entries.push(auditEntry(begin, await append(trx, end)));
        }
        return entries;
      }),
    async verify() {
      const { found: _, ...verification } = await verifyChain(db);
      return verification;
    },
  };
}

const idLength = 500;
const interrupted = {
  outcome: 'unknown',
  detail: 'Shipmate stopped before this ended; what came of it is not known.',
} as const;

async function append(
  trx: Transaction<Schema>,
  content: Pick<AuditRow, 'kind' | 'request_id' | 'at' | 'body'>,
): Promise<AuditRow> {
  const head = await trx.selectFrom('audit_head').select(['count', 'hash']).executeTakeFirstOrThrow();
  const unhashed = { ...content, seq: head.count + 1, previous: head.hash };
  const row = { ...unhashed, hash: rowHash(unhashed) };
  await trx.insertInto('audit_row').values(row).execute();
  await trx.updateTable('audit_head').set({ count: row.seq, hash: row.hash }).execute();
  return row;
}

/** Makes the row findable by its targets. */
async function point(trx: Transaction<Schema>, row: AuditRow, targets: readonly string[]): Promise<void> {
  for (const name of targets) {
    await trx
      .insertInto('audit_name')
      .values({ name })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await trx
      .insertInto('audit_target')
      .columns(['name_id', 'at', 'seq'])
      .expression((eb) =>
        eb
          .selectFrom('audit_name')
          .where('name', '=', name)
          .select((eb) => ['id', eb.val(row.at).as('at'), eb.val(row.seq).as('seq')]),
      )
      .execute();
  }
}

async function entryOf(db: Kysely<Schema>, requestId: string): Promise<AuditEntry | null> {
  const rows = await db.selectFrom('audit_row').selectAll().where('request_id', '=', requestId).execute();
  const begin = rows.find(({ kind }) => kind === 'begin');
  if (begin === undefined) return null;
  return auditEntry(
    begin,
    rows.find(({ kind }) => kind === 'end'),
  );
}

async function rowOf(trx: Transaction<Schema>, kind: AuditRow['kind'], requestId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('audit_row')
    .where('request_id', '=', requestId)
    .where('kind', '=', kind)
    .select('seq')
    .executeTakeFirst();
  return row !== undefined;
}

/** Beginnings without an end, oldest first. Looks through one index, of every request: a second for a million rows. */
function openRows(trx: Transaction<Schema>): Promise<AuditRow[]> {
  return trx
    .selectFrom('audit_row')
    .selectAll()
    .where('request_id', 'in', (eb) =>
      eb
        .selectFrom('audit_row')
        .select('request_id')
        .groupBy('request_id')
        .having((eb) => eb.fn.countAll(), '=', 1),
    )
    .where('kind', '=', 'begin')
    .orderBy('seq')
    .execute();
}
