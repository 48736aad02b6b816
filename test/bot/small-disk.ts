import { execFile } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A disk of four megabytes, in memory. */
export interface SmallDisk extends AsyncDisposable {
  readonly dir: string;
  /** Leaves not a byte. @returns how to free it again. */
  fill(): () => void;
}

/** Needs root. */
export async function smallDisk(): Promise<SmallDisk> {
  const dir = await mkdtemp(join(tmpdir(), 'shipmate-disk-'));
  await run('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', dir]);
  const ballast = join(dir, 'ballast');
  return {
    dir,
    fill() {
      const file = openSync(ballast, 'w');
      try {
        for (;;) writeSync(file, Buffer.alloc(4096));
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      } finally {
        closeSync(file);
      }
      return () => rmSync(ballast);
    },
    async [Symbol.asyncDispose]() {
      await run('umount', [dir]);
      await rmdir(dir);
    },
  };
}
