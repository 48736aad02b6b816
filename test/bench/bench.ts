/**
 * `npm run bench`: the built bot, started as the image starts it, and the docker CLI 28, in turn, on the same real Swarm
 * (three nodes, Docker 28), over a local workspace. As root, on a machine that does nothing else. RUNS sets the number of
 * pairs (default 7).
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { startLab } from '../lab/swarm-lab.ts';
import {
  acknowledgements,
  alice,
  answered,
  changed,
  docker,
  pairs,
  resident,
  startBuiltBot,
} from './measured-bot.ts';
import { printTable, ratioRow, row, signed } from './rows.ts';
import { median, paired, quantile } from './statistics.ts';

await using lab = await startLab({ engine: '28' });
const host = `unix://${lab.socket(1)}`;
for (const name of ['ours', 'theirs']) await create(name, '--replicas', '1');
for (let n = 0; n < 20; n += 1) await create(`idle-${n}`, '--replicas', '0');

await using bot = await startBuiltBot(host);
const starts: number[] = [];
for (let round = 0; round < 5; round += 1) {
  await bot.stop('SIGTERM');
  const from = performance.now();
  await bot.restart();
  starts.push(performance.now() - from);
}
await answered(bot, 'service ls');
const idle = await resident(bot);
const list = await paired(
  pairs,
  () => answered(bot, 'service ls'),
  () => docker(host, 'service', 'ls'),
);
const scale = await paired(
  pairs,
  (round) => changed(bot, `service scale ours=${replicasIn(round)}`, /scaled from/),
  (round) => docker(host, 'service', 'scale', `theirs=${replicasIn(round)}`),
);
const update = await paired(
  pairs,
  (round) => changed(bot, `service update --image ${imageIn(round)} ours`, /ours updated/),
  (round) => docker(host, 'service', 'update', '--quiet', '--image', imageIn(round), 'theirs'),
);
const acks = await acknowledgements(bot, { user: alice, line: 'service ls', perSecond: 50, seconds: 20 });
for (let n = 0; n < 2000; n += 1) await answered(bot, 'service ls');
// V8 gives memory back after some seconds in which nothing happens.
await pause(15_000);
const after = await resident(bot);
printTable([
  ratioRow('`service ls`, from command to answer', list, 1),
  ratioRow('`service scale`, until the outcome is told', scale, 1.1),
  ratioRow('`service update --image`, until the outcome is told', update, 1.1),
  row('acknowledgement at 50 commands a second, p99', `${Math.round(quantile(acks, 0.99))} ms`, '≤ 300 ms'),
  row('start to connected', `${(median(starts) / 1000).toFixed(2)} s`, '≤ 1.5 s'),
  row('resident memory, idle', `${Math.round(idle)} MB`, '≤ 110 MB'),
  row('the same after 3,000 commands and 15 s of rest', `${signed(after - idle)} MB`, '≤ +15 MB'),
]);

/** Each round undoes the one before. */
function replicasIn(round: number): number {
  return round % 2 === 0 ? 2 : 1;
}

function imageIn(round: number): string {
  return lab.image(round % 2 === 0 ? '2' : '1');
}

async function create(name: string, ...args: readonly string[]): Promise<void> {
  await lab.docker('service', 'create', '--quiet', '--detach', '--name', name, ...args, lab.image('1'));
}
