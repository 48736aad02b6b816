import { describe, expect, it } from 'vitest';
import type { NodeSpec } from '../../../../src/sandbox/swarm/objects.ts';
import { steppedSwarm, type SteppedSwarm } from './stepped-swarm.ts';

function setNode(swarm: SteppedSwarm, name: string, spec: Partial<NodeSpec>): void {
  const node = [...swarm.world.nodes.values()].find(({ Hostname }) => Hostname === name);
  swarm.world.nodes.update(node?.ID ?? '', (old, meta) => ({
    ...old,
    ...meta,
    Spec: { ...old.Spec, ...spec },
  }));
}

function nodesOf(swarm: SteppedSwarm, name: string): readonly string[] {
  return swarm
    .live(name)
    .filter(({ Status }) => Status.State === 'running')
    .map(({ NodeID }) => swarm.world.nodes.get(NodeID)?.Hostname ?? '')
    .toSorted();
}

describe('a task', () => {
  it.each([
    [
      { Placement: { Constraints: ['node.labels.disk==ssd'] } },
      'scheduling constraints not satisfied on 3 nodes',
    ],
    [{ Resources: { Reservations: { MemoryBytes: 2 ** 40 } } }, 'insufficient resources on 3 nodes'],
    [
      { Placement: { Platforms: [{ Architecture: 'arm64', OS: 'linux' }] } },
      'unsupported platform on 3 nodes',
    ],
  ])('that no node has room for says why: %j', async (task, why) => {
    await using swarm = await steppedSwarm();
    swarm.create('web', { replicas: 1, task });
    swarm.pass(3);
    expect(swarm.tasks('web')).toEqual([`1 pending (no suitable node (${why})), running`]);
  });

  it('waits where another has its port on every node', async () => {
    await using swarm = await steppedSwarm();
    const Ports = [{ TargetPort: 80, PublishedPort: 9000, PublishMode: 'host' }];
    swarm.create('web', { replicas: 4, more: { EndpointSpec: { Ports } } });
    swarm.pass(3);
    expect(swarm.tasks('web')[3]).toBe(
      '4 pending (no suitable node (host-mode port already in use on 3 nodes)), running',
    );
  });

  it('waits where every node has as many as it may', async () => {
    await using swarm = await steppedSwarm();
    swarm.create('web', { replicas: 4, task: { Placement: { MaxReplicas: 1 } } });
    swarm.pass(3);
    expect(swarm.tasks('web')[3]).toBe(
      '4 pending (no suitable node (max replicas per node limit exceed)), running',
    );
  });

  it('is placed once there is room', async () => {
    await using swarm = await steppedSwarm();
    swarm.create('web', { replicas: 1, task: { Placement: { Constraints: ['node.labels.disk==ssd'] } } });
    swarm.pass(3);
    setNode(swarm, 'node2', { Labels: { disk: 'ssd' } });
    swarm.pass(3);
    expect(swarm.tasks('web')).toEqual(['1 running on node2']);
  });

  it('is spread over what its preferences name', async () => {
    await using swarm = await steppedSwarm({
      nodes: [{ labels: { rack: 'a' } }, { labels: { rack: 'a' } }, { labels: { rack: 'b' } }],
    });
    const Preferences = [{ Spread: { SpreadDescriptor: 'node.labels.rack' } }];
    swarm.create('web', { replicas: 4, task: { Placement: { Preferences } } });
    swarm.pass(3);
    expect(nodesOf(swarm, 'web')).toEqual(['node1', 'node2', 'node3', 'node3']);
  });

  it('is rejected when its node no longer meets its constraints', async () => {
    await using swarm = await steppedSwarm();
    setNode(swarm, 'node2', { Labels: { disk: 'ssd' } });
    swarm.create('web', { replicas: 1, task: { Placement: { Constraints: ['node.labels.disk==ssd'] } } });
    swarm.pass(3);
    setNode(swarm, 'node2', { Labels: {} });
    swarm.pass(1);
    expect(swarm.tasks('web')[0]).toBe(
      '1 rejected on node2 (assigned node no longer meets constraints), shutdown',
    );
  });
});

describe('a node', () => {
  it('that is drained gives its tasks to the others', async () => {
    await using swarm = await steppedSwarm();
    swarm.create('web');
    swarm.create('all', { mode: { Global: {} } });
    swarm.pass(3);
    setNode(swarm, 'node2', { Availability: 'drain' });
    swarm.pass(5);
    expect(nodesOf(swarm, 'web')).not.toContain('node2');
    expect(nodesOf(swarm, 'web')).toHaveLength(3);
    expect(nodesOf(swarm, 'all')).toEqual(['node1', 'node3']);
    setNode(swarm, 'node2', { Availability: 'active' });
    swarm.pass(5);
    expect(nodesOf(swarm, 'all')).toEqual(['node1', 'node2', 'node3']);
  });

  it('that is paused keeps what it has and gets no more', async () => {
    await using swarm = await steppedSwarm();
    swarm.create('web');
    swarm.pass(3);
    setNode(swarm, 'node2', { Availability: 'pause' });
    swarm.change('web', { replicas: 6 });
    swarm.pass(5);
    expect(nodesOf(swarm, 'web').filter((name) => name === 'node2')).toEqual(['node2']);
    expect(nodesOf(swarm, 'web')).toHaveLength(6);
  });

  it('that dies is seen as down after three heartbeats, and its tasks run elsewhere', async () => {
    await using swarm = await steppedSwarm({ heartbeat: 5000 });
    swarm.create('web');
    swarm.pass(3);
    swarm.stopNode('node3');
    swarm.pass(14);
    expect(nodesOf(swarm, 'web')).toEqual(['node1', 'node2', 'node3']);
    swarm.pass(10);
    expect(nodesOf(swarm, 'web')).toHaveLength(3);
    expect(nodesOf(swarm, 'web')).not.toContain('node3');
    // The Swarm can't know that it has stopped.
    expect(swarm.tasks('web')).toContain('3 running on node3, shutdown');
    swarm.startNode('node3');
    swarm.pass(5);
    expect(swarm.tasks('web')).toContain('3 shutdown on node3');
  });
});
