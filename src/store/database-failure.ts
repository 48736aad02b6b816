import { z } from 'zod';
import { Failure } from '../swarm/failure.ts';

const SqliteError = z.looseObject({ code: z.literal('ERR_SQLITE_ERROR'), errcode: z.int() });
const FileError = z.looseObject({ code: z.string() });

/** Primary result codes: the low byte of an extended one. Source: https://www.sqlite.org/rescode.html */
const sqliteReasons: Readonly<Record<number, string>> = {
  5: 'is locked by another process',
  6: 'is locked by another process',
  8: 'is read-only',
  10: 'could not be read or written: the disk reports an error',
  11: 'is damaged',
  13: 'is full: there is no space left on its disk',
  14: 'could not be opened: its folder is missing, or its permissions forbid it',
  26: 'is damaged, or is no SQLite database',
};

const fileReasons: Readonly<Record<string, string>> = {
  EACCES: 'could not be opened: its permissions forbid it',
  EPERM: 'could not be opened: its permissions forbid it',
  EROFS: 'is on a read-only disk',
  ENOSPC: 'could not be made: there is no space left on its disk',
  ENOENT: 'does not exist',
  EEXIST: 'could not be opened: a part of its path is a file',
  ENOTDIR: 'could not be opened: a part of its path is a file',
  EISDIR: 'could not be opened: its path is a folder',
  ERR_INVALID_STATE: 'is closed',
};

/** True when another connection holds the lock, and the statement had no effect. */
export function isLocked(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === 5 || code === 6;
}

/**
 * What an error of node:sqlite or of the file system means, as a sentence.
 * @param name what the database is called in that sentence: its path.
 */
export function databaseFailure(name: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const file = FileError.safeParse(error);
  const reason =
    sqliteReasons[sqliteCode(error) ?? 0] ??
    (file.success ? fileReasons[file.data.code] : undefined) ??
    `refused: ${error instanceof Error ? error.message : 'no reason is given'}`;
  return new Failure('unavailable', `The database ${name} ${reason}.`, { cause: error });
}

function sqliteCode(error: unknown): number | undefined {
  const parsed = SqliteError.safeParse(error);
  return parsed.success ? parsed.data.errcode & 0xff : undefined;
}
