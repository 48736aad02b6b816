import { Kysely, sql } from 'kysely';
import { actions } from './actions.ts';
import { announcements } from './announcements.ts';
import { auditLog } from './audit-log.ts';
import { deliveries } from './deliveries.ts';
import { migrate } from './migrations.ts';
import type { Schema } from './schema.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { openSqliteFile, type SqliteFile } from './sqlite-file.ts';
import type { Store } from './store.ts';

export interface SqliteStoreOptions {
  /** A path, `:memory:`, or a file that is open; the store closes it. */
  readonly file: string | SqliteFile;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Milliseconds that a call waits for others and for other processes' locks before it fails. */
  readonly lockTimeout?: number;
}

/**
 * Durable state in one SQLite file, for one bot; other processes may read it meanwhile.
 * @throws Failure `unavailable` when it can't be opened, can't be written, or was made by a newer Shipmate.
 */
export async function sqliteStore({
  file: place,
  now = Date.now,
  lockTimeout = 5_000,
}: SqliteStoreOptions): Promise<Store> {
  const file = typeof place === 'string' ? openSqliteFile(place) : place;
  const dialect = sqliteDialect(file, lockTimeout);
  const db = new Kysely<Schema>({ dialect });
  try {
    await sql`PRAGMA journal_mode = WAL`.execute(db);
    // An audit entry must outlive a power cut once its promise has resolved.
    await sql`PRAGMA synchronous = FULL`.execute(db);
    await sql`PRAGMA foreign_keys = ON`.execute(db);
    await migrate(db, file.name);
  } catch (error) {
    await dialect.close();
    throw error;
  }
  return {
    audit: auditLog(db),
    deliveries: deliveries(db),
    actions: actions(db, now),
    announcements: announcements(db),
    [Symbol.asyncDispose]: () => dialect.close(),
  };
}
