import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { describeSwarm } from '../lab/describe-swarm.ts';
import { specOf } from './every-option.ts';
import { labEngine } from './lab-engine.ts';
import { carryOut, wordsOf } from './scaling.ts';
import { quick, running, runningService } from './service-readings.ts';

describeSwarm('service update', (lab) => {
  const engine = labEngine(lab);
  const [app, second, crash, slow] = [lab.image('1'), lab.image('2'), lab.image('crash'), lab.image('slow')];

  it('deploys an image by its digest, and says so when its tasks run', async () => {
    await using web = await runningService(lab, 2);
    const { outcome, plan } = await carryOut(engine, `deploy ${web.name} ${second}`);
    expect(outcome).toMatchObject({ kind: 'done' });
    expect(plan.summary).toBe(`update ${web.name}: image ${app} → ${second}`);
    expect(outcome.detail).toMatch(new RegExp(`^${web.name} updated: 2 of 2 running, in `));
    expect(await running(lab, web, 'Image')).toEqual([second, second]);
    expect(await specOf(engine, web)).toMatchObject({
      TaskTemplate: {
        ContainerSpec: { Image: expect.stringMatching(`^${second}@sha256:[0-9a-f]{64}$`) as unknown },
      },
    });
  });

  it('restarts all tasks, and sends nothing for what is set already', async () => {
    await using web = await runningService(lab, 2);
    const before = (await engine.tasks({ service: [web.id] })).map(({ ID }) => ID);
    const { outcome } = await carryOut(engine, `restart ${web.name}`);
    expect(outcome.detail).toMatch(`${web.name} restarted: 2 of 2 running`);
    const after = await engine.tasks({ service: [web.id], 'desired-state': ['running'] });
    expect(after.filter(({ ID }) => before.includes(ID))).toEqual([]);

    const { Version } = await engine.service(web.id);
    const again = await carryOut(engine, `service update --image ${app} --replicas 2 ${web.name}`);
    expect(again.outcome.detail).toContain('Nothing of');
    expect((await engine.service(web.id)).Version).toEqual(Version);
  });

  describe('tells as failed, with the right cause,', () => {
    it('an image that crashes', async () => {
      await using web = await runningService(lab, 1, '--restart-delay', '1s');
      const { outcome } = await carryOut(engine, `deploy ${web.name} ${crash}`);
      expect(outcome.kind).toBe('failed');
      expect(wordsOf(outcome.answer)).toContain('non-zero exit (1)');
      expect(wordsOf(outcome.answer)).toContain('Roll back…');
      expect(wordsOf(outcome.answer)).toContain(`Logs of ${web.name}`);
    });

    it('an image that is never healthy', async () => {
      await using web = await runningService(lab, 1, '--update-monitor', '30s');
      const { outcome } = await carryOut(engine, `deploy ${web.name} ${slow}`);
      expect(outcome.kind).toBe('failed');
      expect(wordsOf(outcome.answer)).toMatch(/unhealthy container|health check failed/);
    });

    it('a constraint that nothing meets', async () => {
      await using web = await runningService(lab, 2);
      const line = `service update --constraint-add node.labels.disk==none ${web.name}`;
      const { outcome, plan } = await carryOut(engine, line);
      expect(wordsOf(plan.preview)).toContain('No node can take tasks');
      expect(outcome.kind).toBe('failed');
      expect(outcome.detail).toContain('its constraints rule out 3 nodes');
      expect(outcome.detail).toContain('0 of 2 updated, 1 running, 1 pending.');
    });

    it('a reservation too large', async () => {
      await using web = await runningService(lab, 1);
      const { outcome } = await carryOut(engine, `service update --reserve-memory 900g ${web.name}`);
      expect(outcome.kind).toBe('failed');
      expect(outcome.detail).toContain('too little CPU or memory is free on 3 nodes');
    });

    it('a rollback of Swarm’s own, as a rollback', async () => {
      await using web = await runningService(
        lab,
        2,
        '--update-failure-action',
        'rollback',
        '--update-monitor',
        '10s',
      );
      const { outcome } = await carryOut(engine, `deploy ${web.name} ${crash}`);
      expect(outcome.kind).toBe('rolled back');
      expect(outcome.detail).toContain(`Swarm undid it`);
      expect(outcome.detail).toContain(`${web.name} is at image ${app} now.`);
    });
  });

  describe('touches nothing when', () => {
    it.for([
      ['the image isn’t there', () => `${app}-gone`, 'not-found', 'its registry doesn’t know it'],
      ['the registry can’t be reached', () => `${lab.net}.1:5999/app:1`, 'unavailable', 'connection refused'],
    ] as const)('%s', async ([, image, kind, sentence]) => {
      await using web = await lab.createService('--replicas', '0', app);
      const { Version } = await engine.service(web.id);
      await expect(carryOut(engine, `deploy ${web.name} ${image()}`)).rejects.toMatchObject({
        kind,
        message: expect.stringContaining(sentence) as unknown,
      });
      expect((await engine.service(web.id)).Version).toEqual(Version);
    });

    it('somebody else changed the same after it was shown', async () => {
      await using web = await lab.createService('--replicas', '0', app);
      const raced: Engine = {
        ...engine,
        async updateService(...call) {
          await lab.docker('service', 'update', '--quiet', '--detach', '--env-add', 'LEVEL=theirs', web.name);
          return engine.updateService(...call);
        },
      };
      const line = `service update --env-add LEVEL=ours ${web.name}`;
      await expect(carryOut(raced, line)).rejects.toMatchObject({ kind: 'conflict' });
      expect(await specOf(engine, web)).toMatchObject({
        TaskTemplate: { ContainerSpec: { Env: ['LEVEL=theirs'] } },
      });
    });
  });

  it('keeps what others change of the same service meanwhile', async () => {
    await using web = await lab.createService('--replicas', '0', ...quick, app);
    for (let round = 0; round < 5; round += 1) {
      const raced: Engine = {
        ...engine,
        async updateService(...call) {
          const label = `round=${round}`;
          await lab.docker('service', 'update', '--quiet', '--detach', '--label-add', label, web.name);
          raced.updateService = (...again) => engine.updateService(...again);
          return engine.updateService(...call);
        },
      };
      const { outcome } = await carryOut(raced, `service update --env-add ROUND=${round} ${web.name}`);
      expect(outcome).toMatchObject({ kind: 'done' });
      expect(await specOf(engine, web)).toMatchObject({
        TaskTemplate: { ContainerSpec: { Env: [`ROUND=${round}`] } },
        Labels: { round: String(round) },
      });
    }
  });
});
