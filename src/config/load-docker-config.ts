import { join } from 'node:path';
import { type ParsedDockerConfig, parseDockerConfig } from './docker-config.ts';
import type { Variables } from './secret-variable.ts';
import { readSettings } from './settings-file.ts';

/** Bytes: some hundred registries. */
const largest = 128 * 1024;

/** The docker CLI's config.json, where DOCKER_CONFIG says in which folder it is. The home's own is somebody's, not Shipmate's. */
export function dockerConfigPath(env: Variables): string | undefined {
  return env['DOCKER_CONFIG'] ? join(env['DOCKER_CONFIG'], 'config.json') : undefined;
}

/** Reads the credentials for registries at `path`; none without one. Never throws for what is in the file or isn't. */
export async function loadDockerConfig(path: string | undefined): Promise<ParsedDockerConfig> {
  if (path === undefined) return { auths: new Map() };
  const missing = 'DOCKER_CONFIG has to name the folder that it is in';
  const read = await readSettings({ path, largest, missing });
  if ('message' in read) return { problems: [{ source: path, path: '', message: read.message }] };
  return parseDockerConfig(path, read.bytes.toString());
}
