/**
 * `npm run bench`: the built bot, started as the image starts it, and the docker CLI 28, in turn, on the same real Swarm (three nodes, Docker 28), over a
 * local workspace. As root, on a machine that does nothing else. RUNS sets the number of pairs (default 7).
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { shown } from '../bot/shown.ts';
import { type Bot, startBot } from '../bot/start-bot.ts';
import { imageStart } from '../lab/dockerfile.ts';
import { type Lab, startLab } from '../lab/swarm-lab.ts';
import { median, type Paired, paired, quantile } from './statistics.ts';

const run = promisify(execFile);
const channel = 'C0DEPLOYS';
const alice = 'U0ALICE';
const pairs = Number(process.env['RUNS'] ?? '7');
const cli = `${process.env['ENGINE_ROOT'] ?? '/opt/engine28'}/usr/bin/docker`;

await using lab = await startLab({ engine: '28' });
const config = `
clusters: { prod: { host: "unix://${lab.socket(1)}" } }
channels: { ${channel}: { cluster: prod } }
roles: { operator: { allow: ["*"] } }
grants: [{ role: operator, to: [S0SRE] }]
`;
for (const name of ['ours', 'theirs']) {
  await create(lab, name, '--replicas', '1');
}
for (let n = 0; n < 20; n += 1) await create(lab, `idle-${n}`, '--replicas', '0');

const image = await imageStart();
const env = Object.fromEntries([...image.env].filter(([name]) => /^(NODE_ENV|MALLOC_ARENA_MAX)$/.test(name)));
await using bot = await startBot({ transport: 'socket', config, env, program: image.program });
const starts: number[] = [];
for (let round = 0; round < 5; round += 1) {
  await bot.stop('SIGTERM');
  const from = performance.now();
  await bot.restart();
  starts.push(performance.now() - from);
}
await list(bot);
const idle = await resident(bot);
const rows = [
  ratioRow(
    '`service ls`, from command to answer',
    await paired(
      pairs,
      () => list(bot),
      () => docker(lab, 'service', 'ls'),
    ),
    1,
  ),
  ratioRow(
    '`service scale`, until the outcome is told',
    await paired(
      pairs,
      (round) => change(bot, `service scale ours=${1 + (round % 2 === 0 ? 1 : 0)}`, /scaled from/),
      (round) => docker(lab, 'service', 'scale', `theirs=${1 + (round % 2 === 0 ? 1 : 0)}`),
    ),
    1.1,
  ),
  ratioRow(
    '`service update --image`, until the outcome is told',
    await paired(
      pairs,
      (round) => change(bot, `service update --image ${lab.image(tagOf(round))} ours`, /ours updated/),
      (round) => docker(lab, 'service', 'update', '--quiet', '--image', lab.image(tagOf(round)), 'theirs'),
    ),
    1.1,
  ),
];
const acks = await acknowledgements(bot, { perSecond: 50, seconds: 20 });
rows.push(
  row('acknowledgement at 50 commands a second, p99', `${Math.round(quantile(acks, 0.99))} ms`, '≤ 300 ms'),
);
for (let n = 0; n < 2000; n += 1) await list(bot);
await pause(2000);
rows.push(
  row('start to connected', `${(median(starts) / 1000).toFixed(2)} s`, '≤ 1.5 s'),
  row('resident memory, idle', `${Math.round(idle)} MB`, '≤ 110 MB'),
  row('the same after 2,000 commands more', `${signed((await resident(bot)) - idle)} MB`, '≤ +15 MB'),
);
process.stdout.write(
  ['| | Shipmate | docker CLI | ratio | target |', '|---|---|---|---|---|', ...rows, ''].join('\n'),
);

/** Each round deploys what the round before did not. */
function tagOf(round: number): '1' | '2' {
  return round % 2 === 0 ? '2' : '1';
}

async function create(on: Lab, name: string, ...args: readonly string[]): Promise<void> {
  await on.docker('service', 'create', '--quiet', '--detach', '--name', name, ...args, on.image('1'));
}

/** Milliseconds from the command to its answer in the workspace. */
async function list(of: Bot): Promise<number> {
  const from = performance.now();
  const before = of.workspace.ephemerals(alice, channel).length;
  void of.workspace.as(alice).command(channel, '/swarm', 'service ls');
  await of.workspace.waitFor(() => of.workspace.ephemerals(alice, channel).length > before, 30_000);
  return performance.now() - from;
}

async function change(of: Bot, line: string, told: RegExp): Promise<number> {
  const from = performance.now();
  const before = of.workspace.messages(channel).length;
  void of.workspace.as(alice).command(channel, '/swarm', line);
  await of.workspace.waitFor(
    () =>
      of.workspace
        .messages(channel)
        .slice(before)
        .some((message) => told.test(shown(message))),
    120_000,
  );
  return performance.now() - from;
}

/** Milliseconds of the docker CLI's whole process. */
async function docker(on: Lab, ...args: readonly string[]): Promise<number> {
  const from = performance.now();
  await run(cli, ['-H', `unix://${on.socket(1)}`, ...args], { timeout: 120_000 });
  return performance.now() - from;
}

/** Milliseconds from each delivery to its acknowledgement, at a steady rate. */
async function acknowledgements(
  of: Bot,
  load: { readonly perSecond: number; readonly seconds: number },
): Promise<readonly number[]> {
  const sent: Promise<number>[] = [];
  const begin = performance.now();
  for (let n = 0; n < load.perSecond * load.seconds; n += 1) {
    await pause(Math.max(0, begin + (n * 1000) / load.perSecond - performance.now()));
    const from = performance.now();
    sent.push(
      of.workspace
        .as(alice)
        .command(channel, '/swarm', 'service ls')
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
async function resident(of: Bot): Promise<number> {
  const status = await readFile(`/proc/${of.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

function ratioRow(what: string, { ours, theirs, ratio, pairs: many }: Paired, target: number): string {
  const each = (milliseconds: number) => `${Math.round(milliseconds)} ms`;
  return `| ${what} (${many} pairs) | ${each(ours)} | ${each(theirs)} | ${ratio.toFixed(2)} | ≤ ${target.toFixed(1)} |`;
}

function row(what: string, ours: string, target: string): string {
  return `| ${what} | ${ours} | | | ${target} |`;
}

function signed(megabytes: number): string {
  return `${megabytes < 0 ? '−' : '+'}${Math.abs(Math.round(megabytes))}`;
}
