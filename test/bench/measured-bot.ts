import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { shown } from '../bot/shown.ts';
import { type Bot, startBot } from '../bot/start-bot.ts';
import { imageStart } from '../lab/dockerfile.ts';

const run = promisify(execFile);
const channel = 'C0DEPLOYS';
export const alice = 'U0ALICE';
/** Somebody else, so that who waits for answers doesn't take these for them. */
export const bob = 'U0BOB';
const cli = `${process.env['ENGINE_ROOT'] ?? '/opt/engine28'}/usr/bin/docker`;

/** How many pairs a ratio is the median of. */
export const pairs = Number(process.env['RUNS'] ?? '7');

/** The built bot, started as the image starts it, with somebody who may do everything. */
export async function startBuiltBot(dockerHost: string): Promise<Bot> {
  const config = `
clusters: { prod: { host: "${dockerHost}" } }
channels: { ${channel}: { cluster: prod } }
roles: { operator: { allow: ["*"] } }
grants: [{ role: operator, to: [S0SRE] }]
`;
  const image = await imageStart();
  const env = Object.fromEntries(
    [...image.env].filter(([name]) => /^(NODE_ENV|MALLOC_ARENA_MAX)$/.test(name)),
  );
  return startBot({ transport: 'socket', config, env, program: image.program });
}

/** Milliseconds from the command to its answer in the workspace. */
export async function answered({ workspace }: Bot, line: string): Promise<number> {
  const from = performance.now();
  const before = workspace.ephemerals(alice, channel).length;
  void workspace.as(alice).command(channel, '/swarm', line);
  await workspace.waitFor(() => workspace.ephemerals(alice, channel).length > before, 30_000);
  return performance.now() - from;
}

/** Milliseconds from the command to the message that tells how it ended. */
export async function changed({ workspace }: Bot, line: string, told: RegExp): Promise<number> {
  const from = performance.now();
  const before = workspace.messages(channel).length;
  void workspace.as(alice).command(channel, '/swarm', line);
  const ended = () =>
    workspace
      .messages(channel)
      .slice(before)
      .some((message) => told.test(shown(message)));
  await workspace.waitFor(ended, 120_000);
  return performance.now() - from;
}

/** Milliseconds of the docker CLI's whole process. */
export async function docker(dockerHost: string, ...args: readonly string[]): Promise<number> {
  const from = performance.now();
  await run(cli, ['-H', dockerHost, ...args], { timeout: 120_000, maxBuffer: 64 * 1024 * 1024 });
  return performance.now() - from;
}

/** Milliseconds from each delivery to its acknowledgement, at a steady rate. */
export async function acknowledgements(
  { workspace }: Bot,
  load: {
    readonly user: string;
    readonly line: string;
    readonly perSecond: number;
    readonly seconds: number;
  },
): Promise<readonly number[]> {
  const sent: Promise<number>[] = [];
  const begin = performance.now();
  for (let n = 0; n < load.perSecond * load.seconds; n += 1) {
    await pause(Math.max(0, begin + (n * 1000) / load.perSecond - performance.now()));
    const from = performance.now();
    sent.push(
      workspace
        .as(load.user)
        .command(channel, '/swarm', load.line)
        .then((delivery) => {
          // Slack gives up after three seconds, and tells the user so.
          if (delivery?.acknowledgement.kind !== 'acknowledged') return Number.POSITIVE_INFINITY;
          return performance.now() - from;
        }),
    );
  }
  return Promise.all(sent);
}

/** Megabytes. */
export async function resident({ pid }: Bot): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}
