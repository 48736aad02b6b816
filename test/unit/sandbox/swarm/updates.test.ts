import { describe, expect, it } from 'vitest';
import { nanoseconds, steppedSwarm, type SteppedSwarm } from './stepped-swarm.ts';

/** How many tasks run each image, as `{"app:1": 2}`. */
function running(swarm: SteppedSwarm, name: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { Status, Spec } of swarm.live(name)) {
    const image = (Spec.ContainerSpec?.Image ?? '').replace('registry.example/', '');
    if (Status.State === 'running') counts[image] = (counts[image] ?? 0) + 1;
  }
  return counts;
}

describe('a rolling update', () => {
  it('replaces one task after the other, and is complete once the last has run for a while', async () => {
    await using swarm = await steppedSwarm();
    swarm.create('web');
    swarm.pass(3);
    swarm.change('web', { image: 'app:2' });
    swarm.pass(0.5);
    expect(swarm.service('web').UpdateStatus).toMatchObject({
      State: 'updating',
      Message: 'update in progress',
    });
    expect(running(swarm, 'web')).toEqual({ 'app:1': 2 });
    swarm.pass(5);
    expect(running(swarm, 'web')).toEqual({ 'app:2': 3 });
    expect(swarm.service('web').UpdateStatus?.State).toBe('updating');
    swarm.pass(5);
    expect(swarm.service('web').UpdateStatus).toMatchObject({
      State: 'completed',
      Message: 'update completed',
    });
  });

  it('keeps to its parallelism and delay', async () => {
    await using swarm = await steppedSwarm();
    const UpdateConfig = { Parallelism: 2, Delay: 10 * nanoseconds };
    swarm.create('web', { replicas: 4, more: { UpdateConfig } });
    swarm.pass(3);
    swarm.change('web', { image: 'app:2' });
    swarm.pass(5);
    expect(running(swarm, 'web')).toEqual({ 'app:1': 2, 'app:2': 2 });
    swarm.pass(10);
    expect(running(swarm, 'web')).toEqual({ 'app:2': 4 });
  });

  it('starts the new task first when it is told to', async () => {
    await using swarm = await steppedSwarm();
    swarm.create('web', { replicas: 1, more: { UpdateConfig: { Parallelism: 1, Order: 'start-first' } } });
    swarm.pass(3);
    const least: number[] = [];
    swarm.world.tasks.on(() => {
      const up = swarm.live('web').filter(({ Status }) => Status.State === 'running');
      least.push(up.length);
    });
    swarm.change('web', { image: 'app:2' });
    swarm.pass(5);
    expect(Math.min(...least)).toBe(1);
    expect(running(swarm, 'web')).toEqual({ 'app:2': 1 });
  });

  it('pauses when a new task fails', async () => {
    await using swarm = await steppedSwarm();
    swarm.create('web');
    swarm.pass(3);
    swarm.change('web', { image: 'app:crash' });
    swarm.pass(30);
    expect(swarm.service('web').UpdateStatus?.State).toBe('paused');
    expect(swarm.service('web').UpdateStatus?.Message).toMatch(
      /^update paused due to failure or early termination of task \w{25}$/,
    );
    // The second had been begun when the first failed.
    expect(running(swarm, 'web')).toEqual({ 'app:1': 1 });
  });

  it('rolls back by itself when it is told to, and keeps no spec to go back to', async () => {
    await using swarm = await steppedSwarm();
    swarm.create('web', { more: { UpdateConfig: { Parallelism: 1, FailureAction: 'rollback' } } });
    swarm.pass(3);
    swarm.change('web', { image: 'app:crash' });
    swarm.pass(3);
    expect(swarm.service('web').UpdateStatus?.State).toBe('rollback_started');
    swarm.pass(20);
    expect(swarm.service('web').UpdateStatus).toMatchObject({
      State: 'rollback_completed',
      Message: 'rollback completed',
    });
    expect(running(swarm, 'web')).toEqual({ 'app:1': 3 });
    expect(swarm.service('web').Previous).toBeUndefined();
  });

  it('goes on in spite of failures when it is told to', async () => {
    await using swarm = await steppedSwarm();
    swarm.create('web', { more: { UpdateConfig: { Parallelism: 1, FailureAction: 'continue' } } });
    swarm.pass(3);
    swarm.change('web', { image: 'app:crash' });
    swarm.pass(30);
    expect(swarm.service('web').UpdateStatus?.State).toBe('completed');
  });

  it('is undone by hand, and back again', async () => {
    await using swarm = await steppedSwarm();
    swarm.create('web');
    swarm.pass(3);
    swarm.change('web', { image: 'app:2' });
    swarm.pass(15);
    swarm.rollBack('web');
    expect(swarm.service('web').UpdateStatus).toMatchObject({
      State: 'rollback_started',
      Message: 'manually requested rollback',
    });
    swarm.pass(15);
    expect(running(swarm, 'web')).toEqual({ 'app:1': 3 });
    swarm.rollBack('web');
    swarm.pass(15);
    expect(running(swarm, 'web')).toEqual({ 'app:2': 3 });
  });

  it('is overtaken by the next', async () => {
    await using swarm = await steppedSwarm();
    swarm.create('web', { replicas: 6 });
    swarm.pass(3);
    swarm.change('web', { image: 'app:2' });
    swarm.pass(2);
    swarm.change('web', { image: 'app:3' });
    swarm.pass(20);
    expect(running(swarm, 'web')).toEqual({ 'app:3': 6 });
  });

  it('of a global service replaces the tasks of all nodes', async () => {
    await using swarm = await steppedSwarm();
    swarm.create('all', { mode: { Global: {} } });
    swarm.pass(3);
    swarm.change('all', { image: 'app:2' });
    swarm.pass(10);
    expect(running(swarm, 'all')).toEqual({ 'app:2': 3 });
  });

  it('leaves tasks alone whose node meets what is new in the constraints', async () => {
    await using swarm = await steppedSwarm({ nodes: 1 });
    swarm.create('web');
    swarm.pass(3);
    const before = swarm.live('web').map(({ ID }) => ID);
    swarm.change('web', { task: { Placement: { Constraints: ['node.role==manager'] } } });
    swarm.pass(10);
    expect(swarm.live('web').map(({ ID }) => ID)).toEqual(before);
  });
});
