import { setImmediate as breathe } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { matchesWildcard } from '../swarm/wildcard.ts';
import { auditEntry } from './audit-record.ts';
import type { AuditRow, Schema } from './schema.ts';
import type { AuditEntry, AuditQuery } from './store.ts';

type Pointer = Schema['audit_target'];

/** Few enough for SQLite (32,766) and PostgreSQL (65,535) to take as the parameters of one statement. */
const mostEntries = 1_000;
/** With more names than these, reading the newest entries of all names is quicker than looking each name up. */
const fewNames = 8;
const batchSize = 5_000;

/** Newest first, a beginning and its end joined. */
export async function auditEntries(db: Kysely<Schema>, query: AuditQuery): Promise<readonly AuditEntry[]> {
  const { targets, since = 0 } = query;
  const limit = Math.min(query.limit, mostEntries);
  if (limit < 1) return [];
  const begins =
    targets === undefined ? await newest(db, since, limit) : await touching(db, targets, since, limit);
  if (begins.length === 0) return [];
  const requests = begins.map((row) => row.request_id);
  const ends = await db
    .selectFrom('audit_row')
    .selectAll()
    .where('kind', '=', 'end')
    .where('request_id', 'in', requests)
    .execute();
  const endOf = new Map(ends.map((row) => [row.request_id, row]));
  return begins.map((begin) => auditEntry(begin, endOf.get(begin.request_id)));
}

function newest(db: Kysely<Schema>, since: number, limit: number): Promise<AuditRow[]> {
  return db
    .selectFrom('audit_row')
    .selectAll()
    .where('kind', '=', 'begin')
    .where('at', '>=', since)
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
}

async function touching(
  db: Kysely<Schema>,
  patterns: readonly string[],
  since: number,
  limit: number,
): Promise<AuditRow[]> {
  // Patterns are matched here and not by SQL's LIKE, whose case and wildcards differ from database to database.
  const names = await db.selectFrom('audit_name').selectAll().execute();
  const ids = names
    .filter(({ name }) => patterns.some((pattern) => matchesWildcard(pattern, name)))
    .map(({ id }) => id);
  const found = await (ids.length <= fewNames
    ? newestOfEach(db, ids, since, limit)
    : newestAmong(db, new Set(ids), since, limit));
  if (found.length === 0) return [];
  return db
    .selectFrom('audit_row')
    .selectAll()
    .where('seq', 'in', found)
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .execute();
}

/** @returns the numbers of the newest rows that touch any of the names, each name looked up. */
async function newestOfEach(
  db: Kysely<Schema>,
  ids: readonly number[],
  since: number,
  limit: number,
): Promise<readonly number[]> {
  const pointers = await Promise.all(
    ids.map((id) => newestPointers(db, since, limit).where('name_id', '=', id).execute()),
  );
  const newestFirst = pointers.flat().toSorted((a, b) => b.at - a.at || b.seq - a.seq);
  return [...new Set(newestFirst.map(({ seq }) => seq))].slice(0, limit);
}

/** The same for many names: goes back through the log, in batches so that other work goes on, until enough are found. */
async function newestAmong(
  db: Kysely<Schema>,
  ids: ReadonlySet<number>,
  since: number,
  limit: number,
): Promise<readonly number[]> {
  const found = new Set<number>();
  let before: Pointer | undefined;
  for (;;) {
    const batch = await pointersBefore(db, before, since);
    for (const { name_id, seq } of batch) {
      if (ids.has(name_id)) found.add(seq);
      if (found.size === limit) return [...found];
    }
    before = batch.at(-1);
    if (batch.length < batchSize) return [...found];
    await breathe();
  }
}

function pointersBefore(db: Kysely<Schema>, before: Pointer | undefined, since: number): Promise<Pointer[]> {
  const pointers = newestPointers(db, since, batchSize).orderBy('name_id', 'desc');
  if (before === undefined) return pointers.execute();
  return pointers
    .where((eb) =>
      eb(eb.refTuple('at', 'seq', 'name_id'), '<', eb.tuple(before.at, before.seq, before.name_id)),
    )
    .execute();
}

function newestPointers(db: Kysely<Schema>, since: number, limit: number) {
  return db
    .selectFrom('audit_target')
    .selectAll()
    .where('at', '>=', since)
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .limit(limit);
}
