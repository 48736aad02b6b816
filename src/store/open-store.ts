import { realpathSync } from 'node:fs';
import { Failure } from '../swarm/failure.ts';
import { lockDatabase } from './database-lock.ts';
import { openSqliteFile } from './sqlite-file.ts';
import { sqliteStore } from './sqlite-store.ts';
import type { Store } from './store.ts';

/** A restart may start before what it replaces has ended. Milliseconds. */
const lockPatience = 5_000;

/**
 * The database of the one bot that runs on it: a second one would tell the first one's running changes as cut off.
 * @param databaseUrl `sqlite:PATH`, relative to the working directory, or `sqlite::memory:`.
 * @param patience milliseconds to wait for another bot that is about to end.
 * @throws Failure `input` when it is no such thing, `conflict` when another bot uses it, `unavailable` when the database can't be used.
 */
export async function openStore(databaseUrl: string, patience = lockPatience): Promise<Store> {
  const file = openSqliteFile(sqlitePath(databaseUrl));
  await using parts = new AsyncDisposableStack();
  parts.defer(() => {
    if (file.database.isOpen) file.database.close();
  });
  // Whatever links lead to it, the lock is beside the file itself.
  if (file.name !== ':memory:') parts.use(await lockDatabase(realpathSync(file.name), patience));
  const store = parts.use(await sqliteStore({ file }));
  const opened = parts.move();
  return { ...store, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

/** @throws Failure `input`; the message bears no more of the URL than its scheme, as there may be a password in it. */
export function sqlitePath(databaseUrl: string): string {
  const [, scheme, path] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(databaseUrl.trim()) ?? [];
  if (scheme === undefined || path === undefined) throw wrong('has no scheme');
  if (/^postgres(ql)?$/i.test(scheme))
    throw wrong('names PostgreSQL, which this version does not support yet');
  if (scheme.toLowerCase() !== 'sqlite') throw wrong(`has the scheme "${scheme}"`);
  if (path.startsWith('///')) return path.slice(2);
  if (path.startsWith('//')) throw wrong('names a host, which SQLite has none of');
  if (path === '') throw wrong('has no path');
  return path;
}

function wrong(problem: string): Failure {
  return new Failure(
    'input',
    `DATABASE_URL ${problem}; expected sqlite:PATH, or sqlite::memory: for nothing durable.`,
    {
      example: 'sqlite:data/shipmate.db',
    },
  );
}
