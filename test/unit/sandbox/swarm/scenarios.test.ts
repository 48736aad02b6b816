import { describe, expect, it } from 'vitest';
import { fleet } from '../../../../src/sandbox/swarm/fleet.ts';
import { sampleShop } from '../../../../src/sandbox/swarm/sample-shop.ts';
import { steppedSwarm } from './stepped-swarm.ts';

describe('the sample shop', () => {
  it('runs, all of it, and has for a while', async () => {
    await using swarm = await steppedSwarm(sampleShop());
    const states = Map.groupBy(
      swarm.world.tasks.all(),
      ({ Status, DesiredState }) => `${Status.State}, ${DesiredState}`,
    );
    expect([...states.keys()].toSorted()).toEqual(['complete, complete', 'running, running']);
    expect(states.get('running, running')).toHaveLength(16);
    const oldest = Math.min(...swarm.world.tasks.all().map(({ CreatedAt }) => CreatedAt));
    expect(swarm.clock.now() - oldest).toBe(7_200_000);
  });
});

describe('a fleet', () => {
  it('has as many services, tasks and nodes as it is asked for, and all of them run', async () => {
    await using swarm = await steppedSwarm(fleet({ services: 30, tasks: 200, nodes: 10 }));
    expect(swarm.world.services.size).toBe(30);
    expect(swarm.world.nodes.size).toBe(10);
    const running = swarm.world.tasks.all().filter(({ Status }) => Status.State === 'running');
    expect(running).toHaveLength(200);
  });
});

describe('a scenario', () => {
  it('that does not exist is answered with those that do', async () => {
    await using swarm = await steppedSwarm();
    expect(() => swarm.scenario('flood')).toThrow(/^there is no scenario "flood"; there are crash-loop, /);
  });

  it.each([
    ['crash-loop', 'crash-loop', /failed on \S+ \(task: non-zero exit \(1\)\), shutdown$/],
    [
      'missing-image',
      'missing-image',
      /rejected on \S+ \(No such image: registry.example\/app:does-not-exist\)/,
    ],
    ['registry-away', 'registry-away', /rejected on \S+ \(No such image: registry.example\/app:3\)/],
    ['no-room', 'no-room', /pending \(no suitable node \(insufficient resources on 5 nodes\)\), running$/],
    ['full-network', 'full-network', /^\d+ new, running$/],
    [
      'port-conflict',
      'port-conflict-2',
      /pending \(no suitable node \(host-mode port already in use on 5 nodes\)\), running$/,
    ],
    ['failing-job', 'failing-job', /failed on \S+ \(task: non-zero exit \(3\)\), shutdown$/],
  ])('%s shows what it is about', async (name, service, sign) => {
    await using swarm = await steppedSwarm(sampleShop());
    swarm.scenario(name);
    swarm.pass(10);
    expect(swarm.tasks(service)).toContainEqual(expect.stringMatching(sign));
    // Again.
    swarm.scenario(name);
    swarm.pass(10);
  });

  it('unhealthy-update leaves the update paused', async () => {
    await using swarm = await steppedSwarm(sampleShop());
    swarm.scenario('unhealthy-update');
    swarm.pass(30);
    expect(swarm.service('unhealthy-update').UpdateStatus?.State).toBe('paused');
  });

  it('registry-away is over after a minute', async () => {
    await using swarm = await steppedSwarm(sampleShop());
    swarm.scenario('registry-away');
    swarm.pass(75);
    expect(swarm.live('registry-away').map(({ Status }) => Status.State)).toEqual(['running', 'running']);
  });

  it('node-dies takes a worker away, and brings it back', async () => {
    await using swarm = await steppedSwarm(sampleShop());
    const down = () => [...swarm.world.nodes.values()].filter(({ Status }) => Status.State === 'down').length;
    swarm.scenario('node-dies');
    swarm.pass(30);
    expect(down()).toBe(1);
    expect(swarm.live('shop_web').filter(({ Status }) => Status.State === 'running')).toHaveLength(4);
    swarm.pass(60);
    expect(down()).toBe(0);
  });

  it('quorum-lost answers everything with having no leader, for a minute', async () => {
    await using swarm = await steppedSwarm(sampleShop());
    const services = () => fetch(`${swarm.dockerHost.replace('tcp', 'http')}/services`);
    swarm.scenario('quorum-lost');
    const answer = await services();
    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain('The swarm does not have a leader');
    swarm.pass(61);
    expect((await services()).status).toBe(200);
  });
});
