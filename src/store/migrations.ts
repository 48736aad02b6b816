import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { Failure } from '../swarm/failure.ts';
import { genesis } from './audit-chain.ts';
import { databaseFailure } from './database-failure.ts';
import type { Schema } from './schema.ts';

/** Never changed once released; later ones are added below, under the next number. */
const migrations: Readonly<Record<string, Migration>> = {
  '0001_audit': statements([
    `CREATE TABLE audit_row (
      seq INTEGER PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('begin', 'end')),
      request_id TEXT NOT NULL,
      at INTEGER NOT NULL,
      body TEXT NOT NULL,
      previous TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT`,
    'CREATE UNIQUE INDEX audit_row_request ON audit_row (request_id, kind)',
    `CREATE INDEX audit_row_begun ON audit_row (at, seq) WHERE kind = 'begin'`,
    `CREATE TABLE audit_head (id INTEGER PRIMARY KEY CHECK (id = 1), count INTEGER NOT NULL, hash TEXT NOT NULL) STRICT`,
    `INSERT INTO audit_head VALUES (1, 0, '${genesis}')`,
    'CREATE TABLE audit_name (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT',
    `CREATE TABLE audit_target (
      name_id INTEGER NOT NULL REFERENCES audit_name (id),
      at INTEGER NOT NULL,
      seq INTEGER NOT NULL REFERENCES audit_row (seq),
      PRIMARY KEY (name_id, at, seq)
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX audit_target_begun ON audit_target (at, seq)',
    'CREATE INDEX audit_target_row ON audit_target (seq)',
    ...['audit_row', 'audit_name', 'audit_target'].flatMap((table) => [
      refusing(table, 'UPDATE'),
      refusing(table, 'DELETE'),
    ]),
    refusing('audit_head', 'DELETE'),
    `CREATE TRIGGER audit_row_in_order BEFORE INSERT ON audit_row
      WHEN new.seq IS NOT (SELECT count + 1 FROM audit_head) OR new.previous IS NOT (SELECT hash FROM audit_head)
      BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END`,
    `CREATE TRIGGER audit_head_follows BEFORE UPDATE ON audit_head
      WHEN new.count <> old.count + 1 OR new.hash IS NOT (SELECT hash FROM audit_row WHERE seq = new.count)
      BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END`,
  ]),
  '0002_deliveries': statements([
    'CREATE TABLE delivery (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID',
    'CREATE INDEX delivery_at ON delivery (at)',
  ]),
  '0003_actions': statements([
    `CREATE TABLE action (
      id TEXT PRIMARY KEY,
      team TEXT NOT NULL,
      channel TEXT NOT NULL,
      message TEXT,
      user_id TEXT,
      expires_at INTEGER NOT NULL,
      content TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX action_expires_at ON action (expires_at)',
  ]),
  '0004_announcements': statements([
    `CREATE TABLE announcement (
      request_id TEXT PRIMARY KEY,
      channel TEXT NOT NULL,
      thread TEXT,
      message TEXT,
      at INTEGER NOT NULL
    ) STRICT`,
  ]),
  '0005_taken_requests': statements([
    `CREATE TABLE taken_request (
      request_id TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      team TEXT NOT NULL,
      user_id TEXT NOT NULL,
      channel TEXT NOT NULL,
      thread TEXT,
      entry TEXT NOT NULL,
      command TEXT NOT NULL
    ) STRICT`,
  ]),
};

/**
 * Brings the tables up to date; two processes may do so at once.
 * @throws Failure `unavailable`, among others when a newer Shipmate made the database.
 */
export async function migrate(db: Kysely<Schema>, name: string): Promise<void> {
  await assertNotNewer(db, name);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  await assertNotNewer(db, name);
  throw databaseFailure(name, error);
}

/** @throws Failure `unavailable` when the database isn't as this code needs it: for who may only read it. */
export async function assertMigrated(db: Kysely<Schema>, name: string): Promise<void> {
  await assertNotNewer(db, name);
  const done = await executed(db);
  if (done.length < Object.keys(migrations).length)
    throw new Failure(
      'unavailable',
      `The database ${name} is not Shipmate's, or its tables are older than this one's.`,
    );
}

async function assertNotNewer(db: Kysely<Schema>, name: string): Promise<void> {
  const unknown = (await executed(db)).find((migration) => !Object.hasOwn(migrations, migration));
  if (unknown === undefined) return;
  throw new Failure(
    'unavailable',
    `The database ${name} was made by a newer Shipmate (it has ${unknown}); run that version, or a backup from before.`,
  );
}

async function executed(db: Kysely<Schema>): Promise<readonly string[]> {
  const table = await sql`SELECT 1 FROM sqlite_master WHERE name = 'kysely_migration'`.execute(db);
  if (table.rows.length === 0) return [];
  const { rows } = await sql<{ name: string }>`SELECT name FROM kysely_migration ORDER BY name`.execute(db);
  return rows.map((row) => row.name);
}

function statements(list: readonly string[]): Migration {
  return {
    async up(db) {
      for (const statement of list) await sql.raw(statement).execute(db);
    },
  };
}

function refusing(table: string, verb: 'UPDATE' | 'DELETE'): string {
  return `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END`;
}
