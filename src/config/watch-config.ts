import type { Config } from './config-schema.ts';
import type { Known } from './cross-checks.ts';
import { loadConfig } from './load-config.ts';
import { watchFile, type WatchOptions } from './watch-file.ts';

/** Follows the configuration at `path`, as `watchFile` does. */
export function watchConfig(
  path: string,
  { known, ...options }: WatchOptions<Config> & { readonly known: Known },
): Promise<void> {
  return watchFile(path, { load: async () => valueOf(await loadConfig(path, known)), print }, options);
}

function valueOf(loaded: Awaited<ReturnType<typeof loadConfig>>) {
  return 'config' in loaded ? { value: loaded.config } : loaded;
}

function print(config: Config): string {
  return JSON.stringify(config);
}
