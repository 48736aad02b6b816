import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Known } from './cross-checks.ts';
import { type ParsedConfig, parseConfig } from './parse-config.ts';

/** Bytes: some 1,500 grants. What is larger would hold the process up for seconds, since YAML compares every key with all others. */
const largest = 128 * 1024;

/** Reads the configuration at `path`, which is what its mistakes call it. Never throws for what is in the file or isn't. */
export async function loadConfig(path: string, known: Known): Promise<ParsedConfig> {
  const read = await readConfig(path);
  if ('message' in read) return problem(path, read.message);
  const text = decode(read.bytes);
  if (text === undefined) {
    const line = firstLineThatIsNotUtf8(read.bytes);
    const message = 'this line is not UTF-8; save the file in UTF-8';
    return { problems: [{ source: path, position: { line, column: 1 }, path: '', message }] };
  }
  return parseConfig(path, text, known);
}

async function readConfig(path: string): Promise<{ readonly bytes: Buffer } | { readonly message: string }> {
  try {
    const { size } = await regularFile(path);
    if (size > largest) return { message: `the file has ${size} bytes; at most ${largest} are read` };
    const bytes = await readFile(path);
    return bytes.length > largest ? { message: `the file grew beyond ${largest} bytes` } : { bytes };
  } catch (error) {
    return { message: whyUnreadable(path, error) };
  }
}

async function regularFile(path: string) {
  const found = await stat(path);
  // Reading a pipe or a device might never end.
  if (!found.isFile()) throw new Error('it is not a regular file');
  return found;
}

function whyUnreadable(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') {
    return `there is no such file (${resolve(path)}); name another in SHIPMATE_CONFIG, or begin with shipmate.example.yml`;
  }
  if (code === 'EACCES') return `the file may not be read by the user that Shipmate runs as`;
  return `the file can't be read: ${error instanceof Error ? error.message : String(error)}`;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function firstLineThatIsNotUtf8(bytes: Buffer): number {
  const newline = 0x0a;
  for (let line = 1, from = 0; ; line += 1) {
    const end = bytes.indexOf(newline, from);
    if (end < 0 || decode(bytes.subarray(from, end)) === undefined) return line;
    from = end + 1;
  }
}

function problem(source: string, message: string): ParsedConfig {
  return { problems: [{ source, path: '', message }] };
}
