import type { Config } from './config-schema.ts';
import { configNotes } from './config-notes.ts';
import type { Known } from './cross-checks.ts';
import { hostVariableExample, hostVariableMistake } from './docker-host-mistake.ts';
import { loadConfig } from './load-config.ts';
import { loadDockerConfig } from './load-docker-config.ts';
import { formatProblems, type Problem } from './problem.ts';
import { quoted } from './quoted.ts';

/** Where `shipmate check` looks, as the environment says. */
interface Checked {
  readonly path: string;
  readonly dockerConfigPath?: string | undefined;
  readonly dockerHost?: string | undefined;
}

/**
 * `shipmate check`: says whether the configuration at `path` is right, and DOCKER_HOST, and the credentials for registries, if
 * there is a file of them; and what is worth a second look.
 * @param write takes what is to be shown, without its last line break.
 * @returns the exit code: 0 when all is right, else 1.
 */
export async function checkConfig(
  { path, dockerConfigPath, dockerHost }: Checked,
  known: Known,
  write: (text: string) => void,
): Promise<0 | 1> {
  const loaded = await loadConfig(path, known);
  const docker = await loadDockerConfig(dockerConfigPath);
  const host = hostProblems(dockerHost);
  if ('problems' in loaded || 'problems' in docker || host.length > 0) {
    const problems = [loaded, docker].flatMap((read) => ('problems' in read ? read.problems : []));
    write(formatProblems([...problems, ...host]));
    return 1;
  }
  write(`${path} is right: ${inventory(loaded.config)}`);
  if (dockerConfigPath !== undefined) {
    write(`${dockerConfigPath} is right: ${count(docker.auths.size, 'registry', 'registries')}`);
  }
  for (const note of await configNotes(loaded.config, known)) write(`Note: ${note}`);
  if (dockerHost && !dockerHost.includes('://')) {
    write(`Note: DOCKER_HOST: ${quoted(dockerHost)} means tcp://${dockerHost}, as it does to the docker CLI`);
  }
  return 0;
}

function hostProblems(dockerHost: string | undefined): readonly Problem[] {
  const message = hostVariableMistake(dockerHost);
  return message === undefined
    ? []
    : [{ source: 'DOCKER_HOST', path: '', message, example: hostVariableExample }];
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
