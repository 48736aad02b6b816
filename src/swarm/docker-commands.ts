/**
 * What the docker CLI 28 can do to things of a Swarm, by family. A configuration may name all of it, so that it can deny
 * today what a later version of Shipmate brings; and what is typed and isn't there yet is told as that.
 * Source: https://docs.docker.com/reference/cli/docker/
 */
const families: Readonly<Record<string, string>> = {
  service: 'create inspect logs ls ps rm rollback scale update',
  node: 'demote inspect ls promote ps rm update',
  swarm: 'ca init join join-token leave unlock unlock-key update',
  stack: 'config deploy ls ps rm services',
  container:
    'attach commit cp create diff exec export inspect kill logs ls pause port prune rename restart rm run start stats stop top unpause update wait',
  image: 'build history import inspect load ls prune pull push rm save tag',
  network: 'connect create disconnect inspect ls prune rm',
  volume: 'create inspect ls prune rm update',
  secret: 'create inspect ls rm',
  config: 'create inspect ls rm',
  system: 'df events info prune',
};

/** Names as the table of operations has them: `service.scale`. */
export const dockerCommands: readonly string[] = Object.entries(families).flatMap(([family, commands]) =>
  commands.split(' ').map((command) => `${family}.${command}`),
);
