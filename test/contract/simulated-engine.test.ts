import { randomBytes } from 'node:crypto';
import { describe } from 'vitest';
import { z } from 'zod';
import { connectEngines } from '../../src/engine/connect-engines.ts';
import { startSwarm } from '../../src/sandbox/swarm/swarm.ts';
import { engineContract } from './engine.contract.ts';

describe('the simulated Swarm', () => {
  engineContract(async () => {
    const swarm = await startSwarm({ nodes: 3 });
    const alone = await startSwarm({ nodes: 1 });
    await post(alone.dockerHost, '/swarm/leave?force=1');
    const hosts = { prod: swarm.dockerHost, worker: await swarm.listen('node2'), loner: alone.dockerHost };
    const clusters = Object.fromEntries(Object.entries(hosts).map(([name, host]) => [name, { host }]));
    const engines = connectEngines(clusters, {});
    return {
      manager: engines.get('prod'),
      worker: engines.get('worker'),
      loner: engines.get('loner'),
      image: 'registry.example/app:1',
      uniqueName: () => `t${randomBytes(5).toString('hex')}`,
      async create(spec) {
        const answer = await post(swarm.dockerHost, '/services/create', spec);
        return z.object({ ID: z.string() }).parse(answer).ID;
      },
      async [Symbol.asyncDispose]() {
        await engines[Symbol.asyncDispose]();
        await swarm[Symbol.asyncDispose]();
        await alone[Symbol.asyncDispose]();
      },
    };
  });
});

/** Past the adapter. Gives the answer's JSON; rejects for anything but 2xx. */
async function post(dockerHost: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(dockerHost.replace('tcp:', 'http:') + path, {
    method: 'POST',
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`POST ${path}: HTTP ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}
