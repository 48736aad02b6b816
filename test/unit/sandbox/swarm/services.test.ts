import { describe, expect, it } from 'vitest';
import { addNetwork } from '../../../../src/sandbox/swarm/api/networks.ts';
import { nanoseconds, steppedSwarm } from './stepped-swarm.ts';

describe('a replicated service', () => {
  it('has a task in each slot, spread over the nodes', async () => {
    await using swarm = await steppedSwarm();
    swarm.create('web', { replicas: 4 });
    swarm.pass(3);
    expect(swarm.tasks('web')).toEqual([
      '1 running on node1',
      '2 running on node2',
      '3 running on node3',
      '4 running on node1',
    ]);
  });

  it('walks its tasks through the states in their order', async () => {
    await using swarm = await steppedSwarm();
    const states: string[] = [];
    swarm.world.tasks.on(({ object }) => states.push(`${object.Status.State}: ${object.Status.Message}`));
    swarm.create('web', { replicas: 1 });
    swarm.pass(3);
    expect(states).toEqual([
      'new: created',
      'pending: pending task scheduling',
      'assigned: scheduler assigned task to node',
      'accepted: accepted',
      'preparing: preparing',
      'ready: prepared',
      'starting: starting',
      'running: started',
    ]);
  });

  it('loses the tasks of the fullest nodes first when it is scaled down', async () => {
    await using swarm = await steppedSwarm();
    swarm.create('web', { replicas: 5 });
    swarm.pass(3);
    swarm.change('web', { replicas: 3 });
    swarm.pass(3);
    expect(swarm.tasks('web')).toEqual(['1 running on node1', '2 running on node2', '3 running on node3']);
  });

  it('is gone with its tasks when it is removed', async () => {
    await using swarm = await steppedSwarm();
    swarm.create('web');
    swarm.pass(3);
    swarm.services.remove(swarm.service('web'));
    swarm.pass(3);
    expect(swarm.world.tasks.size).toBe(0);
  });

  it('keeps five tasks of a slot, and no more, when it crashes again and again', async () => {
    await using swarm = await steppedSwarm();
    swarm.create('web', { image: 'app:crash', replicas: 1, task: { RestartPolicy: { Delay: nanoseconds } } });
    swarm.pass(60);
    const tasks = swarm.tasks('web');
    expect(tasks.length).toBe(5);
    expect(tasks[0]).toMatch(/^1 failed on node\d \(task: non-zero exit \(1\)\), shutdown$/);
  });

  it('is not restarted more often than its policy says', async () => {
    await using swarm = await steppedSwarm();
    const RestartPolicy = { Condition: 'on-failure', Delay: nanoseconds, MaxAttempts: 2 };
    swarm.create('web', { image: 'app:crash', replicas: 1, task: { RestartPolicy } });
    swarm.pass(60);
    expect(swarm.tasks('web')).toHaveLength(3);
    expect(swarm.live('web')).toEqual([]);
  });

  it('waits for as long as its policy says before a restart', async () => {
    await using swarm = await steppedSwarm();
    swarm.create('web', { image: 'app:crash', replicas: 1 });
    swarm.pass(4);
    expect(swarm.tasks('web').map((row) => row.split(' ')[1])).toEqual(['failed', 'ready']);
    swarm.pass(5);
    expect(swarm.tasks('web').map((row) => row.split(' ')[1])).toEqual(['failed', 'failed', 'ready']);
  });

  it.each([
    ['app:99', 'No such image: registry.example/app:99'],
    ['gone', 'No such image: registry.example/gone'],
  ])('says that an image does not exist: %s', async (image, why) => {
    await using swarm = await steppedSwarm();
    swarm.create('web', { image, replicas: 1 });
    swarm.pass(3);
    expect(swarm.tasks('web')[0]).toMatch(new RegExp(`^1 rejected on node\\d \\(${why}\\), shutdown$`));
  });

  it('fails where its health check never passes', async () => {
    await using swarm = await steppedSwarm();
    swarm.create('web', { image: 'app:slow', replicas: 1 });
    swarm.pass(5);
    expect(swarm.tasks('web')[0]).toBe(
      '1 failed on node1 (task: non-zero exit (143): dockerexec: unhealthy container), shutdown',
    );
  });

  it('leaves its tasks new while there is no address for them', async () => {
    await using swarm = await steppedSwarm();
    const subnet = {
      Name: 'narrow',
      Subnet: '10.9.0.0/29',
      Labels: {},
      Attachable: false,
      Internal: false,
      Ingress: false,
    };
    const narrow = addNetwork(swarm.world, subnet);
    swarm.create('web', { replicas: 9, task: { Networks: [{ Target: narrow }] } });
    swarm.pass(10);
    const states = swarm.tasks('web').map((row) => row.split(' ')[1]);
    expect(states.filter((state) => state === 'running').length).toBe(4);
    expect(states.filter((state) => state?.startsWith('new')).length).toBe(5);
    swarm.change('web', { replicas: 2 });
    swarm.pass(5);
    expect(swarm.tasks('web').map((row) => row.split(' ')[1])).toEqual(['running', 'running']);
  });
});

describe('a global service', () => {
  it('has a task on each node that meets its constraints', async () => {
    await using swarm = await steppedSwarm();
    swarm.create('all', { mode: { Global: {} } });
    swarm.create('some', {
      mode: { Global: {} },
      task: { Placement: { Constraints: ['node.role == worker'] } },
    });
    swarm.pass(3);
    expect(swarm.tasks('all')).toEqual(['1 running on node1', '2 running on node2', '3 running on node3']);
    expect(swarm.tasks('some')).toEqual(['2 running on node2', '3 running on node3']);
  });
});

describe('a job', () => {
  const done = { Command: ['sh', '-c', 'echo hi; sleep 2'] };

  it('runs as many tasks at once as it may, until all are complete', async () => {
    await using swarm = await steppedSwarm();
    swarm.create('job', {
      mode: { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 5 } },
      container: done,
    });
    swarm.pass(2);
    expect(swarm.tasks('job')).toHaveLength(2);
    swarm.pass(20);
    expect(swarm.tasks('job').map((row) => row.split(' ')[1])).toEqual(Array(5).fill('complete'));
  });

  it('runs again when it is updated', async () => {
    await using swarm = await steppedSwarm();
    swarm.create('job', { mode: { GlobalJob: {} }, container: done });
    swarm.pass(10);
    swarm.change('job', { task: { ForceUpdate: 1 } });
    swarm.pass(10);
    expect(swarm.service('job').JobStatus?.Iteration).toBe(1);
    expect(swarm.tasks('job').filter((row) => row.includes('complete'))).toHaveLength(6);
  });

  it('tries again when it fails', async () => {
    await using swarm = await steppedSwarm();
    const mode = { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } };
    swarm.create('job', { mode, container: { Command: ['false'] } });
    swarm.pass(12);
    expect(swarm.tasks('job').filter((row) => row.includes('failed')).length).toBeGreaterThan(1);
  });
});
