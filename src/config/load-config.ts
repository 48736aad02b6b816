import type { Known } from './cross-checks.ts';
import { type ParsedConfig, parseConfig } from './parse-config.ts';
import { readSettings } from './settings-file.ts';

/** Bytes: some 1,500 grants. What is larger would hold the process up for seconds, since YAML compares every key with all others. */
const largest = 128 * 1024;
const missing = 'name another in SHIPMATE_CONFIG, or begin with shipmate.example.yml';

/** Reads the configuration at `path`, which is what its mistakes call it. Never throws for what is in the file or isn't. */
export async function loadConfig(path: string, known: Known): Promise<ParsedConfig> {
  const read = await readSettings({ path, largest, missing });
  if ('message' in read) return problem(path, read.message);
  const text = decode(read.bytes);
  if (text === undefined) {
    const line = firstLineThatIsNotUtf8(read.bytes);
    const message = 'this line is not UTF-8; save the file in UTF-8';
    return { problems: [{ source: path, position: { line, column: 1 }, path: '', message }] };
  }
  return parseConfig(path, text, known);
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
