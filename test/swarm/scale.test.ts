import { describe, expect, it } from 'vitest';
import { describeSwarm } from '../lab/describe-swarm.ts';
import type { LabService } from '../lab/swarm-lab.ts';
import { labEngine } from './lab-engine.ts';
import { settles } from './many-states.ts';
import { quick, read, running } from './service-readings.ts';
import { carryOut, wordsOf } from './scaling.ts';

describeSwarm('service scale', (lab) => {
  const [app, crash, slow] = [lab.image('1'), lab.image('crash'), lab.image('slow')];
  const engine = labEngine(lab);

  async function updateState({ name }: LabService): Promise<string> {
    return lab.docker('service', 'inspect', '-f', '{{.UpdateStatus.State}}', name);
  }

  it('scales up, down, to nothing and from nothing, and says so when the Swarm is there', async () => {
    await using web = await lab.createService('--replicas', '1', ...quick, app);
    await settles(async () => String((await running(lab, web)).length), '1');
    for (const [from, to] of [
      [1, 4],
      [4, 2],
      [2, 0],
      [0, 3],
    ] as const) {
      const { outcome } = await carryOut(engine, `scale ${web.name}=${to}`);
      expect(outcome.kind).toBe('done');
      expect(outcome.detail).toMatch(new RegExp(`^${web.name} scaled from ${from} to ${to}: `));
      expect(await running(lab, web)).toHaveLength(to);
    }
  });

  it('tells how far it is, and never shows more than there is', async () => {
    await using web = await lab.createService('--replicas', '1', ...quick, app);
    const { progress } = await carryOut(engine, `scale ${web.name}=3`);
    const bars = progress.flatMap((answer) => answer.filter((part) => part.kind === 'progress'));
    expect(bars.at(-1)).toMatchObject({ done: 3, total: 3 });
    expect(bars.every(({ done, total }) => done <= 3 && total === 3)).toBe(true);
  });

  it('sends nothing for a number that is set already', async () => {
    await using web = await lab.createService('--replicas', '2', app);
    const before = await read(engine, web);
    const { outcome } = await carryOut(engine, `scale ${web.name}=2`);
    expect(outcome).toMatchObject({
      kind: 'done',
      detail: expect.stringContaining('is set to 2 already') as unknown,
    });
    expect((await read(engine, web)).version).toBe(before.version);
  });

  it('runs a job again, with its new number of completions', async () => {
    const mode = ['--mode', 'replicated-job', '--replicas', '2', '--max-concurrent', '2'];
    await using job = await lab.createService(...mode, app, 'true');
    const { outcome, plan } = await carryOut(engine, `scale ${job.name}=3`);
    expect(outcome).toMatchObject({ kind: 'done' });
    expect(outcome.detail).toContain('3 of 3 complete');
    expect(wordsOf(plan.preview)).toContain('any change runs it again');
    const { Mode } = (await read(engine, job)).service.Spec;
    expect(Mode?.ReplicatedJob).toEqual({ MaxConcurrent: 2, TotalCompletions: 3 });
  });

  it.for(['global', 'global-job'])('refuses a %s service, and leaves it as it is', async (mode) => {
    await using agent = await lab.createService('--mode', mode, app, ...(mode === 'global' ? [] : ['true']));
    const spec = (await read(engine, agent)).service.Spec;
    await expect(carryOut(engine, `scale ${agent.name}=3`)).rejects.toMatchObject({ kind: 'input' });
    expect((await read(engine, agent)).service.Spec).toEqual(spec);
  });

  it('touches nothing when one of several services is wrong', async () => {
    await using web = await lab.createService('--replicas', '1', app);
    await using agent = await lab.createService('--mode', 'global', app);
    await expect(carryOut(engine, `scale ${web.name}=2 ${agent.name}=2`)).rejects.toMatchObject({
      kind: 'input',
    });
    await expect(carryOut(engine, `scale ${web.name}=2 nobody=2`)).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(carryOut(engine, `scale ${web.name}=2 ${web.id}=3`)).rejects.toMatchObject({
      kind: 'input',
      message: `${web.name} and ${web.id} are the same service, ${web.name}; name it once.`,
    });
    expect((await read(engine, web)).replicas).toBe(1);
  });

  it('tells each of several services, and ends as the worst of them', async () => {
    await using web = await lab.createService('--replicas', '1', ...quick, app);
    await using broken = await lab.createService('--replicas', '0', ...quick, '--restart-delay', '1s', crash);
    const { outcome } = await carryOut(engine, `scale ${web.name}=2 ${broken.name}=1`);
    expect(outcome.kind).toBe('failed');
    expect(outcome.detail).toContain(`${web.name} scaled from 1 to 2`);
    expect(outcome.detail).toContain(`${broken.name} is not at 1`);
  });

  describe('in the middle of an update', () => {
    it('warns that it resumes a paused one, and tells when that is paused again', async () => {
      // Slow to restart, so that the updater judges the failures before they make a loop.
      const slowly = ['--restart-delay', '20s', '--stop-grace-period', '1s'];
      await using web = await lab.createService('--replicas', '4', ...slowly, app);
      await settles(async () => String((await running(lab, web)).length), '4');
      await lab.docker('service', 'update', '--quiet', '--detach', '--image', crash, web.name);
      await settles(() => updateState(web), 'paused');
      const { outcome, plan } = await carryOut(engine, `scale ${web.name}=5`);
      expect(wordsOf(plan.preview)).toMatch(
        /The update of \w+ to \S+app:crash was paused, and a scale resumes it/,
      );
      expect(wordsOf(plan.preview)).toMatch(/no longer leads back to .*app:1/);
      expect(outcome.kind).toBe('failed');
      expect(outcome.detail).toContain(`The update of ${web.name} is paused`);
      expect(wordsOf(outcome.answer)).toContain('a scale resumes it');
    });

    it('never takes a rollback for a success', async () => {
      const careful = ['--update-failure-action', 'rollback', '--update-monitor', '30s'];
      await using web = await lab.createService('--replicas', '2', ...careful, app);
      await settles(async () => String((await running(lab, web)).length), '2');
      const health = ['--health-interval', '3s', '--health-retries', '2'];
      await lab.docker('service', 'update', '--quiet', '--detach', '--image', slow, ...health, web.name);
      const { outcome } = await carryOut(engine, `scale ${web.name}=3`);
      expect(outcome).toMatchObject({ kind: 'rolled back' });
      expect(outcome.detail).toMatch(/\((its health check failed|failure or early termination of task .*)\)/);
      expect((await read(engine, web)).replicas).toBe(2);
    });
  });

  describe('and others', () => {
    it('is overtaken by another number', async () => {
      await using web = await lab.createService('--replicas', '1', ...quick, app);
      const { promise, resolve } = Promise.withResolvers<void>();
      const scaling = carryOut(engine, `scale ${web.name}=4`, resolve);
      await promise;
      await lab.docker('service', 'scale', '--detach', `${web.name}=2`);
      const { outcome } = await scaling;
      expect(outcome.kind).toBe('overtaken');
      expect(outcome.detail).toContain('is at 2 replicas now');
    });

    it('is overtaken by a rollback by hand', async () => {
      await using web = await lab.createService('--replicas', '1', ...quick, app);
      const { promise, resolve } = Promise.withResolvers<void>();
      const scaling = carryOut(engine, `scale ${web.name}=4`, resolve);
      await promise;
      await lab.docker('service', 'rollback', '--detach', web.name);
      expect((await scaling).outcome).toMatchObject({
        kind: 'overtaken',
        detail: expect.stringContaining('Somebody else rolled it back meanwhile') as unknown,
      });
    });

    it('is overtaken by a removal', async () => {
      const web = await lab.createService('--replicas', '1', ...quick, app);
      const { promise, resolve } = Promise.withResolvers<void>();
      const scaling = carryOut(engine, `scale ${web.name}=4`, resolve);
      await promise;
      await web[Symbol.asyncDispose]();
      expect((await scaling).outcome.kind).toBe('overtaken');
    });

    it('gets there although a node goes down', async () => {
      await using web = await lab.createService('--replicas', '3', ...quick, app);
      await settles(async () => (await running(lab, web)).toSorted().join(), 'node1,node2,node3');
      const { promise, resolve } = Promise.withResolvers<void>();
      const scaling = carryOut(engine, `scale ${web.name}=6`, resolve);
      await promise;
      await lab.cut(3);
      try {
        const { outcome } = await scaling;
        // The node is seen as down a few seconds later: until then its tasks count as running.
        await expect
          .poll(async () => (await engine.nodes()).map(({ Status }) => Status.State).toSorted(), {
            timeout: 30_000,
          })
          .toEqual(['down', 'ready', 'ready']);
        expect(outcome.kind).toBe('done');
        const again = await carryOut(engine, `scale ${web.name}=7`);
        expect(again.outcome.kind).toBe('done');
        const nodes = (await engine.nodes())
          .filter(({ Status }) => Status.State === 'ready')
          .map(({ ID }) => ID);
        const tasks = await engine.tasks({ service: [web.id], 'desired-state': ['running'] });
        const alive = tasks.filter(
          ({ NodeID, Status }) => Status.State === 'running' && nodes.includes(NodeID ?? ''),
        );
        expect(alive).toHaveLength(7);
      } finally {
        await lab.mend(3);
        await expect
          .poll(async () => (await engine.nodes()).map(({ Status }) => Status.State), { timeout: 60_000 })
          .toEqual(['ready', 'ready', 'ready']);
      }
    });
  });
});
