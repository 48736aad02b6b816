import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSwarm, type Swarm } from '../../src/sandbox/swarm/swarm.ts';
import { type OddEngine, startOddEngine } from '../bot/odd-engine.ts';
import { shown } from '../bot/shown.ts';
import { type Bot, startBot } from '../bot/start-bot.ts';

const channel = 'C0DEPLOYS';
const alice = 'U0ALICE';
const image = 'registry.example/app:1';

describe('a Swarm of odd names, labels and errors', () => {
  let swarm: Swarm;
  let engine: OddEngine;
  let bot: Bot;

  beforeAll(async () => {
    const service = (Name: string, Replicas: number, Image = image) => ({
      Name,
      Labels: { team: 'shop' },
      TaskTemplate: { ContainerSpec: { Image } },
      Mode: { Replicated: { Replicas } },
    });
    swarm = await startSwarm({
      nodes: 5,
      age: 60_000,
      services: [
        service('many', 500),
        service('crash', 3, 'registry.example/app:crash'),
        ...Array.from({ length: 60 }, (_, index) => service(`web${index}`, 1)),
      ],
    });
    engine = await startOddEngine(swarm.dockerHost);
    bot = await startBot({
      transport: 'socket',
      config: `
clusters: { prod: { host: "${engine.dockerHost}" } }
channels: { ${channel}: { cluster: prod } }
roles: { operator: { allow: ["*"] } }
grants: [{ role: operator, to: [S0SRE] }]
`,
    });
  });
  afterAll(async () => {
    await bot?.[Symbol.asyncDispose]();
    await engine?.[Symbol.asyncDispose]();
    await swarm?.[Symbol.asyncDispose]();
  });

  const idOf = (name: string) => {
    const found = [...swarm.world.services.all()].find(
      ({ Specification }) => Specification.spec.Name === name,
    );
    return found?.ID ?? '';
  };
  const lines: Readonly<Record<string, () => string>> = {
    'service ls': () => 'service ls',
    'service ps of 500 tasks': () => `service ps --no-trunc ${idOf('many')}`,
    'service ps of what crashes': () => `service ps ${idOf('crash')}`,
    'service inspect': () => `service inspect ${idOf('many')}`,
    'service inspect --pretty': () => `service inspect --pretty ${idOf('many')}`,
    'service logs': () => `service logs --tail 500 ${idOf('many')}`,
    'node ls': () => 'node ls',
    'node ps': () => 'node ps node1',
    info: () => 'info',
    'service scale': () => `service scale ${idOf('web1')}=3`,
    'service update': () => `service update --env-add A=b --detach ${idOf('web2')}`,
    'a drain': () => `drain node5`,
    audit: () => 'audit',
  };

  it.each(Object.keys(lines))('is shown by %s', async (name) => {
    const told = () => [...bot.workspace.ephemerals(alice, channel), ...bot.workspace.messages(channel)];
    const before = told().length;
    await bot.workspace.as(alice).command(channel, '/swarm', lines[name]?.() ?? '');
    const answers = await bot.workspace.waitFor(() => {
      const fresh = told().map(shown);
      return fresh.length > before ? fresh : undefined;
    }, 20_000);
    expect(answers.filter((answer) => answer.includes('Something went wrong'))).toEqual([]);
  });

  it('is shown as it is, where that can be shown', () => {
    const answers = bot.workspace.ephemerals(alice, channel).map(shown).join('\n');
    for (const text of ['数据库服务', 'قاعدة بيانات', 'x'.repeat(200)]) expect(answers).toContain(text);
  });

  it('never gives Slack anything that it refuses', () => {
    const refused = bot.workspace.calls.filter(({ answer }) => answer['ok'] === false);
    expect(refused.map(({ method, answer }) => [method, answer])).toEqual([]);
  });
});
