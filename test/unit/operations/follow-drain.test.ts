import { describe, expect, it } from 'vitest';
import { type Engine, EngineFailure } from '../../../src/engine/engine.ts';
import { type DrainProgress, followDrain } from '../../../src/operations/follow-drain.ts';
import type { Drained } from '../../../src/swarm/drain-progress.ts';
import type { Node } from '../../../src/swarm/node.ts';
import { sampleNode, sampleService, sampleTask } from '../swarm/sample-swarm.ts';
import { sampleEngine } from './sample-engine.ts';

const drainedNode = sampleNode('node1', { Spec: { Role: 'worker', Availability: 'drain' } });
const there = sampleTask('a');
const moved = sampleTask('b', { NodeID: 'id-of-node2' });
const gone = sampleTask('a', { DesiredState: 'shutdown', Status: { State: 'shutdown' } });
const drained: Drained = {
  nodeId: 'id-of-node1',
  tasks: [there],
  moving: [there],
  known: new Set(['a']),
  deadline: 60_000,
};

/** Follows the drain of node1 from 0 on; `nodes` is what the engine tells at a time, in milliseconds. */
async function follow(nodes: (at: number) => readonly Node[], more: Partial<Engine> = {}) {
  let at = 0;
  const progress: DrainProgress[] = [];
  const swarm = sampleEngine({ services: [sampleService('web')], tasks: [gone, moved] });
  const end = await followDrain('node1', drained, {
    engine: { ...swarm, nodes: async () => nodes(at), ...more },
    signal: new AbortController().signal,
    report: (news) => progress.push(news),
    now: () => at,
    random: () => 0.5,
    async pause(milliseconds) {
      at += milliseconds;
    },
  });
  return { end, progress, at };
}

const silence = (): never => {
  throw new EngineFailure('unavailable', 'unreachable', 'The engine refuses connections.');
};

describe('followDrain', () => {
  it('ends when the node is empty and what moved runs elsewhere', async () => {
    const { end } = await follow(() => [drainedNode]);
    expect(end).toMatchObject({ kind: 'ended', state: { left: 0, elsewhere: 1, troubles: [] } });
  });

  it('goes on after a silence, and says meanwhile that what it shows is old', async () => {
    const { end, progress } = await follow((at) => (at < 5000 ? silence() : [drainedNode]));
    expect(end.kind).toBe('ended');
    expect(progress.at(-1)?.stale).toContain('The engine refuses connections.');
  });

  it('doesn’t know the end when the silence lasts until the deadline', async () => {
    const { end, at } = await follow(silence);
    expect(end).toMatchObject({
      kind: 'silent',
      sentence: expect.stringContaining('What runs on node1 now isn’t known.') as unknown,
    });
    expect(at).toBeLessThan(70_000);
  });

  it('is overtaken by another availability, and by the node’s removal', async () => {
    expect((await follow(() => [sampleNode('node1')])).end).toMatchObject({
      kind: 'overtaken',
      sentence: 'Somebody else changed it meanwhile: the availability of node1 is active now.',
    });
    expect((await follow(() => [])).end).toMatchObject({ kind: 'overtaken' });
  });

  it('doesn’t ask for the tasks of services that are gone', async () => {
    const { end } = await follow(() => [drainedNode], { services: async () => [] });
    expect(end).toMatchObject({ kind: 'ended', state: { moving: 0 } });
  });
});
