import type { Config } from './config-schema.ts';
import type { Known } from './cross-checks.ts';
import { loadConfig } from './load-config.ts';
import { formatProblems } from './problem.ts';

/**
 * `shipmate check`: says whether the configuration at `path` is right.
 * @param write takes what is to be shown, without its last line break.
 * @returns the exit code: 0 when it is right, else 1.
 */
export async function checkConfig(path: string, known: Known, write: (text: string) => void): Promise<0 | 1> {
  const loaded = await loadConfig(path, known);
  if ('problems' in loaded) {
    write(formatProblems(loaded.problems));
    return 1;
  }
  write(`${path} is right: ${inventory(loaded.config)}`);
  return 0;
}

function inventory({ clusters, channels, roles, grants, deny }: Config): string {
  return [
    count(Object.keys(clusters).length, 'cluster', 'clusters'),
    count(Object.keys(channels).length, 'channel', 'channels'),
    count(Object.keys(roles).length, 'role', 'roles'),
    count(grants.length, 'grant', 'grants'),
    count(deny.length, 'deny rule', 'deny rules'),
  ].join(', ');
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
