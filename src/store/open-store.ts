import { Failure } from '../swarm/failure.ts';
import { sqliteStore } from './sqlite-store.ts';
import type { Store } from './store.ts';

/**
 * @param databaseUrl `sqlite:PATH`, relative to the working directory, or `sqlite::memory:`.
 * @throws Failure `input` when it is no such thing, `unavailable` when the database can't be used.
 */
export async function openStore(databaseUrl: string): Promise<Store> {
  return sqliteStore({ file: sqlitePath(databaseUrl) });
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
