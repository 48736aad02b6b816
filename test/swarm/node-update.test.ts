import { afterEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { describeSwarm } from '../lab/describe-swarm.ts';
import type { LabService } from '../lab/swarm-lab.ts';
import { labEngine } from './lab-engine.ts';
import { settles } from './many-states.ts';
import { carryOut, wordsOf } from './scaling.ts';
import { running } from './service-readings.ts';

describeSwarm('node update', (lab) => {
  const engine = labEngine(lab);
  const app = lab.image('1');
  const quick = ['--stop-grace-period', '1s'];

  afterEach(async () => {
    await lab.docker('node', 'update', '--availability', 'active', 'node2');
    await lab.docker('node', 'update', '--availability', 'active', 'node3');
  });

  async function specOf(name: string): Promise<unknown> {
    return JSON.parse(await lab.docker('node', 'inspect', '-f', '{{json .Spec}}', name));
  }

  /** The nodes of the tasks that run, in order. */
  async function runsOn(service: LabService): Promise<string> {
    return (await running(lab, service)).toSorted().join();
  }

  it('drains a node to the end, and leaves the very spec that the CLI’s drain leaves', async () => {
    await using web = await lab.createService('--replicas', '3', ...quick, app);
    await using everywhere = await lab.createService('--mode', 'global', ...quick, app);
    await settles(
      async () => `${await runsOn(web)} ${await runsOn(everywhere)}`,
      'node1,node2,node3 node1,node2,node3',
    );
    await lab.docker('node', 'update', '--availability', 'drain', 'node3');
    const theirs = await specOf('node3');
    await lab.docker('node', 'update', '--availability', 'active', 'node3');

    const { plan, outcome, progress } = await carryOut(engine, 'drain node2');
    expect(outcome).toMatchObject({ kind: 'done' });
    expect(outcome.detail).toMatch(/^node2 is drained: No task runs there any more: \d tasks? stopped/);
    expect(await runsOn(web)).not.toContain('node2');
    expect((await runsOn(web)).split(',')).toHaveLength(3);
    expect(await runsOn(everywhere)).not.toContain('node2');
    expect(await specOf('node2')).toEqual(theirs);
    expect(wordsOf(plan.preview)).toContain('stops: it is a global service');
    const bars = progress.flatMap((answer) => answer.filter((part) => part.kind === 'progress'));
    expect(bars.every(({ done, total }) => done <= total)).toBe(true);
  });

  it('tells before what has no place elsewhere, and after it that it doesn’t run', async () => {
    await using pinned = await lab.createService('--constraint', 'node.hostname==node2', ...quick, app);
    await using large = await lab.createService(
      '--constraint',
      'node.labels.big==yes',
      '--reserve-memory',
      '64m',
      app,
    );
    await settles(() => runsOn(pinned), 'node2');
    const { plan, outcome } = await carryOut(engine, 'drain node2');
    expect(wordsOf(plan.preview)).toContain('its constraint node.hostname==node2 rules out node1 and node3');
    expect(wordsOf(plan.preview)).toContain(`1 task of ${pinned.name} would have no place elsewhere`);
    expect(wordsOf(plan.preview)).not.toContain(large.name);
    expect(outcome.kind).toBe('failed');
    expect(outcome.detail).toContain('node2 is drained, and 1 task doesn’t run elsewhere');
    const table = outcome.answer.find((part) => part.kind === 'table');
    expect(table?.rows).toMatchObject([
      [{ text: `${pinned.name}.1` }, '', 'pending', expect.stringContaining('no suitable node') as unknown],
    ]);
  });

  it('foretells what memory, and a number of replicas a node, leave without a place', async () => {
    const bytes = (await engine.nodes()).map(({ Description }) => Description.Resources?.MemoryBytes ?? 0);
    const more = `${Math.floor(Math.min(...bytes) * 0.6)}b`;
    await using heavy = await lab.createService('--replicas', '3', '--reserve-memory', more, ...quick, app);
    await settles(() => runsOn(heavy), 'node1,node2,node3');
    const { plan, outcome } = await carryOut(engine, 'drain node2');
    expect(wordsOf(plan.preview)).toContain('too little memory is free on node1 and node3');
    expect(outcome).toMatchObject({ kind: 'failed' });
    expect(wordsOf(outcome.answer)).toContain('insufficient resources');

    await lab.docker('node', 'update', '--availability', 'active', 'node2');
    await using few = await lab.createService(
      '--replicas',
      '3',
      '--replicas-max-per-node',
      '1',
      ...quick,
      app,
    );
    await settles(() => runsOn(few), 'node1,node2,node3');
    expect(wordsOf((await carryOut(engine, 'drain node2')).plan.preview)).toContain(
      '1 of it, and no more, may run on node1 and node3',
    );
  });

  it('tells what isn’t started again', async () => {
    await using once = await lab.createService(
      '--replicas',
      '3',
      '--restart-condition',
      'none',
      ...quick,
      app,
    );
    await settles(() => runsOn(once), 'node1,node2,node3');
    const { plan, outcome } = await carryOut(engine, 'drain node2');
    expect(wordsOf(plan.preview)).toContain('isn’t started again: its restart policy is none');
    expect(outcome.kind).toBe('done');
    expect(await runsOn(once)).toBe('node1,node3');
  });

  it('follows a drain that had begun already, and activates what is drained', async () => {
    await lab.docker('node', 'update', '--availability', 'drain', 'node2');
    expect((await carryOut(engine, 'drain node2')).outcome).toMatchObject({ kind: 'done' });
    const { outcome } = await carryOut(engine, 'activate node2');
    expect(outcome).toMatchObject({
      kind: 'done',
      detail: expect.stringMatching(/^node2 is active/) as unknown,
    });
    expect(await specOf('node2')).toMatchObject({ Availability: 'active' });
    expect((await carryOut(engine, 'node update --availability pause node2')).outcome.kind).toBe('done');
    expect(await specOf('node2')).toMatchObject({ Availability: 'pause' });
  });

  it('says of a node that is down what can’t be seen, and doesn’t wait for ever', async () => {
    await using web = await lab.createService('--replicas', '3', ...quick, app);
    await settles(() => runsOn(web), 'node1,node2,node3');
    const state = async () => (await engine.node('node3')).Status.State;
    await lab.cut(3);
    try {
      await expect.poll(state, { timeout: 30_000 }).toBe('down');
      const { outcome } = await carryOut(engine, 'drain node3');
      expect(outcome).toMatchObject({ kind: 'unknown' });
      expect(outcome.detail).toMatch(/^node3 is set to drain, and is down: Whether \d tasks? stopped/);
      const up = await carryOut(engine, 'activate node3');
      expect(up.outcome).toMatchObject({
        kind: 'failed',
        detail: expect.stringContaining('node3 is set to active, and is down') as unknown,
      });
    } finally {
      await lab.mend(3);
      await expect.poll(state, { timeout: 60_000 }).toBe('ready');
    }
  });

  it('is overtaken by somebody who activates the node meanwhile', async () => {
    // It takes no notice of SIGTERM, so the drain takes as long as the grace period.
    const stubborn = ['sh', '-c', 'trap "" TERM; while :; do sleep 1; done'];
    await using web = await lab.createService(
      '--replicas',
      '3',
      '--stop-grace-period',
      '20s',
      app,
      ...stubborn,
    );
    await settles(() => runsOn(web), 'node1,node2,node3');
    const { promise, resolve } = Promise.withResolvers<void>();
    const draining = carryOut(engine, 'drain node2', resolve);
    await promise;
    await lab.docker('node', 'update', '--availability', 'active', 'node2');
    expect((await draining).outcome).toMatchObject({
      kind: 'overtaken',
      detail: expect.stringContaining('the availability of node2 is active now') as unknown,
    });
  });

  describe('labels', () => {
    afterEach(async () => {
      const keys = Object.keys((await engine.node('node2')).Spec.Labels ?? {});
      if (keys.length > 0)
        await lab.docker('node', 'update', ...keys.flatMap((key) => ['--label-rm', key]), 'node2');
    });

    it('are what the CLI makes of the same line', async () => {
      const first = ['--label-add', 'zone=a', '--label-add', 'a.b/c=x=y', '--label-add', 'empty'];
      const second = ['--label-add', 'zone=b', '--label-rm', 'empty', '--availability', 'pause'];
      await lab.docker('node', 'update', ...first, 'node3');
      await lab.docker('node', 'update', ...second, 'node3');
      const theirs = await specOf('node3');
      await lab.docker('node', 'update', '--label-rm', 'zone', '--label-rm', 'a.b/c', 'node3');

      expect((await carryOut(engine, `node update ${first.join(' ')} node2`)).outcome.kind).toBe('done');
      const { outcome } = await carryOut(engine, `node update ${second.join(' ')} node2`);
      expect(await specOf('node2')).toEqual(theirs);
      const table = outcome.answer.find((part) => part.kind === 'table');
      expect(table?.rows).toMatchObject([
        [{ text: 'empty' }, '', '(not there)'],
        [{ text: 'zone' }, 'a', 'b'],
      ]);
      await expect(carryOut(engine, 'node update --label-rm nope node2')).rejects.toMatchObject({
        kind: 'input',
        message: 'node2 has no label "nope" that could be removed.',
      });
    });

    it('survive the docker CLI’s changes to the same node at the same time', async () => {
      let conflicts = 0;
      for (let round = 0; round < 6; round += 1) {
        const contended: Engine = {
          ...engine,
          async updateNode(...call) {
            await lab
              .docker('node', 'update', '--label-add', `theirs${round}=${conflicts}`, 'node2')
              .catch(String);
            return engine.updateNode(...call).catch((error: unknown) => {
              conflicts += 1;
              throw error;
            });
          },
        };
        // The second try has the field to itself.
        const once: Engine = {
          ...contended,
          updateNode: (...call) =>
            conflicts > round ? engine.updateNode(...call) : contended.updateNode(...call),
        };
        expect((await carryOut(once, `node update --label-add ours${round}=1 node2`)).outcome.kind).toBe(
          'done',
        );
      }
      const labels = Object.keys((await engine.node('node2')).Spec.Labels ?? {});
      expect(labels.filter((key) => key.startsWith('ours'))).toHaveLength(6);
      expect(labels.filter((key) => key.startsWith('theirs'))).toHaveLength(6);
      expect(conflicts).toBe(6);
    });
  });
});
