import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Failure } from '../swarm/failure.ts';
import { databaseFailure } from './database-failure.ts';

/** An open database, and what guards it. */
export interface SqliteFile {
  readonly database: DatabaseSync;
  /** Its path, or `:memory:`. */
  readonly name: string;
  /** @throws Failure `unavailable` when the path no longer leads to the file that is open: writes would be lost. */
  readonly assertInPlace: () => void;
}

/** Waiting for a lock inside SQLite would stop the whole process; see `sqliteDialect`. */
const options = { timeout: 0 };

/**
 * Opens a database, and makes it and its folder when they aren't there, for this user's eyes only.
 * @param path a path, or `:memory:`.
 * @throws Failure `unavailable`.
 */
export function openSqliteFile(path: string): SqliteFile {
  try {
    if (path === ':memory:')
      return { database: new DatabaseSync(path, options), name: path, assertInPlace: () => {} };
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
    return { database: new DatabaseSync(path, options), name: path, assertInPlace: placeGuard(path) };
  } catch (error) {
    throw databaseFailure(path, error);
  }
}

/**
 * Opens a database that must be there, to read only; another process may be writing it.
 * @throws Failure `unavailable`.
 */
export function openSqliteFileToRead(path: string): SqliteFile {
  try {
    statSync(path);
    const database = new DatabaseSync(path, { ...options, readOnly: true });
    return { database, name: path, assertInPlace: () => {} };
  } catch (error) {
    throw databaseFailure(path, error);
  }
}

function placeGuard(path: string): () => void {
  const opened = statSync(path);
  return () => {
    const now = statSync(path, { throwIfNoEntry: false });
    if (now?.ino === opened.ino && now.dev === opened.dev) return;
    throw new Failure(
      'unavailable',
      `The database ${path} was removed or replaced while it was open; restart Shipmate to go on.`,
    );
  };
}
