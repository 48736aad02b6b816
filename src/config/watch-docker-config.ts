import type { RegistryAuths } from '../swarm/registry-auth.ts';
import { loadDockerConfig } from './load-docker-config.ts';
import { watchFile, type WatchOptions } from './watch-file.ts';

/** Follows the credentials for registries at `path`, as `watchFile` does. */
export function watchDockerConfig(path: string, options: WatchOptions<RegistryAuths>): Promise<void> {
  return watchFile(path, { load: async () => valueOf(await loadDockerConfig(path)), print }, options);
}

function valueOf(loaded: Awaited<ReturnType<typeof loadDockerConfig>>) {
  return 'auths' in loaded ? { value: loaded.auths } : loaded;
}

function print(auths: RegistryAuths): string {
  return JSON.stringify([...auths]);
}
