import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../swarm/failure.ts';
import { databaseFailure, isLocked } from './database-failure.ts';

const pollMilliseconds = 50;

/**
 * Takes a database for this process, until it is disposed of: an SQLite file beside it, `PATH.lock`, is locked. The operating
 * system releases that when the process ends, however it ends. Of the database itself nothing is locked: it can be read and
 * backed up.
 * @param patience milliseconds to wait for another Shipmate that is about to end.
 * @throws Failure `conflict` when another one has it, `unavailable` when the lock can't be made.
 */
export async function lockDatabase(path: string, patience: number): Promise<Disposable> {
  const lock = openLock(`${path}.lock`);
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      // The journal would be a file that a kill leaves behind.
      lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
      return { [Symbol.dispose]: () => lock.close() };
    } catch (error) {
      const mayWait = isLocked(error) && performance.now() < deadline;
      if (!mayWait) {
        lock.close();
        throw isLocked(error) ? inUse(path) : databaseFailure(`${path}.lock`, error);
      }
    }
    await delay(pollMilliseconds);
  }
}

function openLock(path: string): DatabaseSync {
  try {
    makeFile(path);
    return new DatabaseSync(path, { timeout: 0 });
  } catch (error) {
    throw databaseFailure(path, error);
  }
}

/** One that is there isn't opened: closing it again would release a lock that this process has on it. */
function makeFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

function inUse(path: string): Failure {
  return new Failure(
    'conflict',
    `The database ${path} is in use by another Shipmate. Stop that one first, or give this one a database of its own.`,
  );
}
