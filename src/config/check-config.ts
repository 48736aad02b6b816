import type { Config } from './config-schema.ts';
import type { Known } from './cross-checks.ts';
import { loadConfig } from './load-config.ts';
import { loadDockerConfig } from './load-docker-config.ts';
import { formatProblems } from './problem.ts';

/**
 * `shipmate check`: says whether the configuration at `path` is right, and the credentials for registries, if there is a file
 * of them.
 * @param write takes what is to be shown, without its last line break.
 * @returns the exit code: 0 when all is right, else 1.
 */
export async function checkConfig(
  { path, dockerConfigPath }: { readonly path: string; readonly dockerConfigPath?: string | undefined },
  known: Known,
  write: (text: string) => void,
): Promise<0 | 1> {
  const loaded = await loadConfig(path, known);
  const docker = await loadDockerConfig(dockerConfigPath);
  if ('problems' in loaded || 'problems' in docker) {
    const problems = [loaded, docker].flatMap((read) => ('problems' in read ? read.problems : []));
    write(formatProblems(problems));
    return 1;
  }
  write(`${path} is right: ${inventory(loaded.config)}`);
  if (dockerConfigPath !== undefined) {
    write(`${dockerConfigPath} is right: ${count(docker.auths.size, 'registry', 'registries')}`);
  }
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
