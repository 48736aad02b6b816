import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type DialectAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { databaseFailure, isLocked } from './database-failure.ts';
import type { SqliteFile } from './sqlite-file.ts';

export interface SqliteDialect extends Dialect {
  /** Lets what runs end, then closes the database. */
  close(): Promise<void>;
}

const lockPollMilliseconds = 10;

/**
 * Kysely over one connection of node:sqlite. Kysely's own SqliteDialect is not used: its transactions begin deferred, so
 * that two writers can fail each other halfway, and it would wait for locks inside SQLite, which stops the process.
 * Here a transaction that writes takes the lock when it begins, and other work goes on while it waits.
 * Every error is a `Failure` of kind `unavailable`.
 * @param lockTimeout milliseconds that a caller waits for its turn and for other processes' locks, together.
 */
export function sqliteDialect(file: SqliteFile, lockTimeout: number): SqliteDialect {
  const { database } = file;
  const inner = new SqliteDriver({ database: asKyselyExpects(database) });
  const turns = turnQueue();
  const releases = new WeakMap<DatabaseConnection, () => void>();
  async function close() {
    const release = await turns.next();
    if (database.isOpen) database.close();
    release();
  }
  return {
    createAdapter: () => adapter,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createDriver: () => ({
      init: () => inner.init(),
      async acquireConnection() {
        const deadline = performance.now() + lockTimeout;
        const release = await turns.next();
        const connection = waitingForLocks(await inner.acquireConnection(), file, deadline);
        releases.set(connection, release);
        return connection;
      },
      async releaseConnection(connection) {
        releases.get(connection)?.();
      },
      async beginTransaction(connection, { accessMode }) {
        const reads = accessMode === 'read only';
        if (!reads) file.assertInPlace();
        await connection.executeQuery(CompiledQuery.raw(reads ? 'begin' : 'begin immediate'));
      },
      commitTransaction: (connection) => inner.commitTransaction(connection),
      async rollbackTransaction(connection) {
        // A full disk makes SQLite roll back by itself.
        if (database.isTransaction) await inner.rollbackTransaction(connection);
      },
      destroy: close,
    }),
    close,
  };
}

/** The connection as lent to one caller, who waits for locks until `deadline`, a time of `performance.now()`. */
function waitingForLocks(
  connection: DatabaseConnection,
  { database, name }: SqliteFile,
  deadline: number,
): DatabaseConnection {
  return {
    async executeQuery(query) {
      for (;;) {
        try {
          return await connection.executeQuery(query);
        } catch (error) {
          const mayWait = isLocked(error) && !database.isTransaction && performance.now() < deadline;
          if (!mayWait) throw databaseFailure(name, error);
        }
        await delay(lockPollMilliseconds);
      }
    },
    streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
  };
}

/** Two processes that migrate exclude each other because all migrations run in one transaction that begins immediately. */
const adapter: DialectAdapter = {
  supportsCreateIfNotExists: true,
  supportsTransactionalDdl: true,
  supportsReturning: true,
  acquireMigrationLock: async () => {},
  releaseMigrationLock: async () => {},
};

/** Kysely speaks to better-sqlite3's interface, which has arrays where node:sqlite has rest parameters. */
function asKyselyExpects(database: DatabaseSync): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare(sql) {
      const statement = database.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters.map(sqlValue)),
        run: (parameters) => statement.run(...parameters.map(sqlValue)),
        iterate: (parameters) => statement.iterate(...parameters.map(sqlValue)),
      };
    },
  };
}

function sqlValue(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value;
  throw new TypeError(`SQLite can't store a value of type ${typeof value}.`);
}

/** One at a time, in the order of asking. `next` gives what ends the turn. */
function turnQueue() {
  let last: Promise<void> = Promise.resolve();
  return {
    async next(): Promise<() => void> {
      const before = last;
      const { promise, resolve } = Promise.withResolvers<void>();
      last = promise;
      await before;
      return resolve;
    },
  };
}
