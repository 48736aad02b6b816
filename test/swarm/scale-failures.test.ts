import { expect, it } from 'vitest';
import { describeSwarm } from '../lab/describe-swarm.ts';
import type { LabService } from '../lab/swarm-lab.ts';
import { labEngine } from './lab-engine.ts';
import { settles } from './many-states.ts';
import { quick, running } from './service-readings.ts';
import { carryOut, wordsOf } from './scaling.ts';

describeSwarm('service scale tells as failed, with the tasks’ errors,', (lab) => {
  const [app, crash] = [lab.image('1'), lab.image('crash')];
  const engine = labEngine(lab);

  async function states({ id }: LabService): Promise<string> {
    return (await engine.tasks({ service: [id] })).map(({ Status }) => Status.State).join();
  }

  it('tasks that crash', async () => {
    await using web = await lab.createService('--replicas', '0', '--restart-delay', '1s', crash);
    const { outcome } = await carryOut(engine, `scale ${web.name}=1`);
    expect(outcome).toMatchObject({
      kind: 'failed',
      detail: expect.stringContaining('fail again and again') as unknown,
    });
    const table = outcome.answer.find((part) => part.kind === 'table');
    expect(table?.rows).toEqual([
      ['slot 1', expect.stringMatching(/^node\d$/), 'failed', 'task: non-zero exit (1)', '1'],
    ]);
  });

  it('tasks that crashed before the scale as well', async () => {
    await using web = await lab.createService('--replicas', '1', '--restart-delay', '1s', crash);
    const failures = () => lab.docker('service', 'ps', web.name, '-f', 'desired-state=shutdown', '-q');
    await expect
      .poll(async () => (await failures()).split('\n').length, { timeout: 30_000 })
      .toBeGreaterThan(2);
    const { outcome } = await carryOut(engine, `scale ${web.name}=2`);
    expect(outcome.kind).toBe('failed');
    expect(outcome.detail).toContain('They failed before this change, too.');
  });

  it('tasks that no constraint lets run', async () => {
    await using web = await lab.createService(
      '--replicas',
      '0',
      '--constraint',
      'node.labels.disk==none',
      app,
    );
    const { outcome, plan } = await carryOut(engine, `scale ${web.name}=2`);
    expect(wordsOf(plan.preview)).toContain('No node can take tasks');
    expect(outcome.kind).toBe('failed');
    expect(outcome.detail).toContain('2 tasks of');
    expect(outcome.detail).toContain('its constraints rule out 3 nodes');
  });

  it('tasks that the Swarm forgets because they waited when the service changed, and what helps', async () => {
    const label = `zone-${lab.net}`;
    await using web = await lab.createService('--constraint', `node.labels.${label}==here`, ...quick, app);
    await settles(() => states(web), 'pending');
    try {
      const scaled = carryOut(engine, `scale ${web.name}=2`);
      // A node that comes while the change is being taken in may still be given the old task: it must come after.
      await settles(() => states(web), 'pending,pending');
      await lab.docker('node', 'update', '--label-add', `${label}=here`, 'node2');
      const { outcome, plan } = await scaled;
      expect(wordsOf(plan.preview)).toContain('Swarm forgets such tasks');
      expect(outcome.kind).toBe('failed');
      expect(outcome.detail).toContain(`1 of 2 running, 1 pending. 1 task of ${web.name} waited for a node`);
      expect(outcome.detail).toContain(`Scale ${web.name} to 1 and up again to have new ones.`);

      await carryOut(engine, `scale ${web.name}=1`);
      const again = await carryOut(engine, `scale ${web.name}=2`);
      expect(again.outcome).toMatchObject({ kind: 'done' });
    } finally {
      await lab.docker('node', 'update', '--label-rm', label, 'node2');
    }
  });

  it('tasks that no node has room for', async () => {
    await using web = await lab.createService('--replicas', '0', '--reserve-memory', '900g', app);
    const { outcome } = await carryOut(engine, `scale ${web.name}=1`);
    expect(outcome.kind).toBe('failed');
    expect(outcome.detail).toContain('too little CPU or memory is free on 3 nodes');
  });

  it('tasks above max replicas per node, and how many run', async () => {
    await using web = await lab.createService('--replicas', '1', '--replicas-max-per-node', '1', app);
    await settles(async () => String((await running(lab, web)).length), '1');
    const { outcome, plan } = await carryOut(engine, `scale ${web.name}=4`);
    expect(wordsOf(plan.preview)).toContain('Only 3 of 4 can run');
    expect(outcome.kind).toBe('failed');
    expect(outcome.detail).toContain('1 task of');
    expect(outcome.detail).toContain('3 of 4 running');
  });

  it('tasks whose image isn’t there', async () => {
    const missing = ['--no-resolve-image', '--restart-delay', '1s', `${app}-gone`];
    await using web = await lab.createService('--replicas', '0', ...missing);
    const { outcome } = await carryOut(engine, `scale ${web.name}=1`);
    expect(outcome.kind).toBe('failed');
    expect(outcome.detail).toContain('its image can’t be found, or the registry is unreachable');
  });

  it('tasks that end and aren’t started again', async () => {
    await using web = await lab.createService(
      '--replicas',
      '0',
      '--restart-condition',
      'none',
      app,
      'sh',
      '-c',
      'exit 3',
    );
    const { outcome } = await carryOut(engine, `scale ${web.name}=1`);
    expect(outcome.kind).toBe('failed');
    expect(outcome.detail).toContain('exit code 3. Its restart policy doesn’t start it again.');
  });
});
