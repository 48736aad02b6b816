import { describe, expect, it } from 'vitest';
import { runningOnDownNodes } from '../../../src/swarm/running-on-down-nodes.ts';
import { sampleNode, sampleService, sampleTask } from './sample-swarm.ts';

const up = sampleNode('node1');
const down = sampleNode('node2', { Status: { State: 'down' } });
const alsoDown = sampleNode('node3', { Status: { State: 'down' } });

describe('runningOnDownNodes', () => {
  it('counts what was last heard of as running on a down node, whatever the Swarm wants of it', () => {
    const tasks = [
      sampleTask('t1', { NodeID: up.ID }),
      sampleTask('t2', { NodeID: down.ID, DesiredState: 'shutdown' }),
      sampleTask('t3', { NodeID: alsoDown.ID }),
      sampleTask('t4', { NodeID: down.ID, Status: { State: 'failed' } }),
      sampleTask('t5', { NodeID: undefined, Status: { State: 'running' } }),
    ];
    const web = sampleService('web');
    expect(runningOnDownNodes([web, sampleService('api')], tasks, [up, alsoDown, down])).toEqual(
      new Map([[web.ID, { tasks: 2, nodes: ['node2', 'node3'] }]]),
    );
  });

  it("leaves out tasks of a job's earlier runs, as REPLICAS does", () => {
    const job = sampleService('web', { JobStatus: { JobIteration: { Index: 7 } } });
    const tasks = [6, 7].map((Index) =>
      sampleTask(`t${Index}`, { NodeID: down.ID, JobIteration: { Index } }),
    );
    expect(runningOnDownNodes([job], tasks, [down]).get(job.ID)?.tasks).toBe(1);
  });

  it('finds nothing while every node is up', () => {
    expect(runningOnDownNodes([sampleService('web')], [sampleTask('t1')], [up])).toEqual(new Map());
  });
});
