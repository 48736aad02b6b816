import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';

export interface SettingsFile {
  readonly path: string;
  /** Bytes that are read at most. */
  readonly largest: number;
  /** What to do when there is no such file. */
  readonly missing: string;
}

/** Reads a file of settings, or says why that can't be done. Never throws for what is there or isn't. */
export async function readSettings({
  path,
  largest,
  missing,
}: SettingsFile): Promise<{ readonly bytes: Buffer } | { readonly message: string }> {
  try {
    const { size } = await regularFile(path);
    if (size > largest) return { message: `the file has ${size} bytes; at most ${largest} are read` };
    const bytes = await readFile(path);
    return bytes.length > largest ? { message: `the file grew beyond ${largest} bytes` } : { bytes };
  } catch (error) {
    return { message: whyUnreadable(error, `there is no such file (${resolve(path)}); ${missing}`) };
  }
}

async function regularFile(path: string) {
  const found = await stat(path);
  // Reading a pipe or a device might never end.
  if (!found.isFile()) throw new Error('it is not a regular file');
  return found;
}

function whyUnreadable(error: unknown, missing: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return missing;
  if (code === 'EACCES') return `the file may not be read by the user that Shipmate runs as`;
  return `the file can't be read: ${error instanceof Error ? error.message : String(error)}`;
}
