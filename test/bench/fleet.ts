/**
 * `npm run bench:fleet`: the built bot and the docker CLI 28, in turn, on the same simulated fleet, larger than any test
 * machine holds: 1,000 services with 10,000 tasks on 100 nodes. Needs no root and no engine, but the docker CLI.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { acknowledgements, answered, bob, docker, pairs, resident, startBuiltBot } from './measured-bot.ts';
import { printTable, ratioRow, row } from './rows.ts';
import { median, paired, quantile } from './statistics.ts';

const rows: string[] = [];
{
  await using swarm = await startFleet({ services: 1000, tasks: 10_000, nodes: 100 });
  await using bot = await startBuiltBot(swarm.dockerHost);
  // A bot runs for weeks: its code has been compiled by the time that anybody asks.
  for (let n = 0; n < 20; n += 1) await answered(bot, 'service ls');
  const list = await paired(
    pairs,
    () => answered(bot, 'service ls'),
    () => docker(swarm.dockerHost, 'service', 'ls'),
  );
  const tasks = await paired(
    pairs,
    () => answered(bot, 'service ps fleet_0001'),
    () => docker(swarm.dockerHost, 'service', 'ps', 'fleet_0001'),
  );
  const listing = new AbortController();
  const lists = (async () => {
    while (!listing.signal.aborted) await answered(bot, 'service ls');
  })();
  const acks = await acknowledgements(bot, {
    user: bob,
    line: 'can-i service ls',
    perSecond: 10,
    seconds: 20,
  });
  listing.abort();
  await lists;
  rows.push(
    ratioRow('`service ls` of 1,000 services', list, 0.7),
    ratioRow('`service ps` of 1,000 tasks', tasks, 0.7),
    row('acknowledgement while it lists, p99', `${Math.round(quantile(acks, 0.99))} ms`, '≤ 300 ms'),
    row('resident memory after that', `${Math.round(await resident(bot))} MB`, '≤ 200 MB'),
  );
}
const costs: number[] = [];
for (const services of [100, 1000, 5000]) {
  await using swarm = await startFleet({ services, tasks: services * 10, nodes: 100 });
  await using bot = await startBuiltBot(swarm.dockerHost);
  const samples: number[] = [];
  for (let round = 0; round <= pairs; round += 1) samples.push(await answered(bot, 'service ls'));
  costs.push(median(samples.slice(1)) / services);
}
const [small = Number.NaN, , large = Number.NaN] = costs;
const each = costs.map((cost) => cost.toFixed(2)).join(', ');
rows.push(
  row(
    'milliseconds a service, at 100, 1,000 and 5,000',
    each,
    `no more at 5,000: ×${(large / small).toFixed(2)}`,
  ),
);
printTable(rows);

interface Fleet extends AsyncDisposable {
  readonly dockerHost: string;
}

async function startFleet(size: { services: number; tasks: number; nodes: number }): Promise<Fleet> {
  const words = [size.services, size.tasks, size.nodes].map(String);
  const child = spawn(process.execPath, ['test/bench/fleet-process.ts', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const died = once(child, 'exit').then(() => Promise.reject(new Error('the fleet did not start')));
  const line = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), died]);
  died.catch(() => undefined);
  const [dockerHost] = z.tuple([z.string()]).parse(line);
  return {
    dockerHost,
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}
