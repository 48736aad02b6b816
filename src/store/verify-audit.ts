import { Kysely } from 'kysely';
import { Failure } from '../swarm/failure.ts';
import { assertMigrated } from './migrations.ts';
import { sqlitePath } from './open-store.ts';
import type { Schema } from './schema.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { openSqliteFileToRead } from './sqlite-file.ts';
import { type ChainVerification, verifyChain } from './verify-chain.ts';

export interface VerifyAuditOptions {
  /** A head's hash, noted before, that must still be in the chain. */
  readonly expect?: string | undefined;
}

/** `shipmate audit verify`'s exit codes. */
const exitCode = { intact: 0, broken: 1, unchecked: 2 };

/**
 * Checks the audit log of a database, which a running bot may be writing; writes what it found, line by line.
 * @returns the exit code: 0 intact, 1 not intact, 2 when it couldn't be checked.
 */
export async function verifyAudit(
  databaseUrl: string,
  write: (line: string) => void,
  { expect }: VerifyAuditOptions = {},
): Promise<number> {
  try {
    const expected = expect?.trim().toLowerCase();
    if (expected !== undefined && !/^[0-9a-f]{64}$/.test(expected))
      throw new Failure(
        'input',
        '--expect takes the hash that "shipmate audit verify" printed: 64 hexadecimal digits.',
      );
    return report(await verify(sqlitePath(databaseUrl), expected), expected, write);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    write(error.message);
    return exitCode.unchecked;
  }
}

async function verify(path: string, expected: string | undefined): Promise<ChainVerification> {
  const file = openSqliteFileToRead(path);
  const dialect = sqliteDialect(file, 5_000);
  try {
    const db = new Kysely<Schema>({ dialect });
    await assertMigrated(db, file.name);
    return await verifyChain(db, expected);
  } finally {
    await dialect.close();
  }
}

function report(
  result: ChainVerification,
  expected: string | undefined,
  write: (line: string) => void,
): number {
  if (!result.intact) {
    write(`The audit log is not intact. ${result.why}`);
    write(`rows before it: ${result.rows}`);
    return exitCode.broken;
  }
  write(`rows: ${result.rows}`);
  write(`head: ${result.head}`);
  if (expected !== undefined && result.found === null) {
    write(
      'The audit log is not intact. The expected head is not in it: it was written anew, or is another log.',
    );
    return exitCode.broken;
  }
  if (result.found !== null) write(`the expected head is row ${result.found}`);
  write('The audit log is intact.');
  return exitCode.intact;
}
