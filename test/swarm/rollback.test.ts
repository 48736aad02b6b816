import { expect, it } from 'vitest';
import { describeSwarm } from '../lab/describe-swarm.ts';
import { specOf } from './every-option.ts';
import { labEngine } from './lab-engine.ts';
import { carryOut, wordsOf } from './scaling.ts';
import { running, runningService } from './service-readings.ts';

describeSwarm('service rollback', (lab) => {
  const engine = labEngine(lab);
  const [app, second] = [lab.image('1'), lab.image('2')];

  it('goes back to the previous spec, shows what that changes, and is no failure', async () => {
    await using web = await runningService(lab, 2, '--env', 'PASSWORD=one');
    await carryOut(engine, `service update --image ${second} --env-add PASSWORD=two ${web.name}`);
    const { outcome, plan } = await carryOut(engine, `rollback ${web.name}`);
    expect(plan.summary).toContain(`image ${second} → ${app}`);
    expect(wordsOf([...plan.preview, ...outcome.answer])).not.toMatch(/one|two/);
    expect(outcome).toMatchObject({ kind: 'done' });
    expect(outcome.detail).toMatch(`${web.name} rolled back: 2 of 2 running`);
    expect(await running(lab, web, 'Image')).toEqual([app, app]);
  });

  it('leaves what the CLI’s rollback leaves, also by service update --rollback', async () => {
    await using theirs = await lab.createService('--replicas', '0', app);
    await using ours = await lab.createService('--replicas', '0', app);
    for (const { name } of [theirs, ours]) {
      await lab.docker(
        'service',
        'update',
        '--quiet',
        '--detach',
        '--env-add',
        'A=1',
        '--image',
        second,
        name,
      );
    }
    await lab.docker('service', 'rollback', '--quiet', '--detach', theirs.name);
    await carryOut(engine, `service update --rollback --detach ${ours.name}`);
    expect(await specOf(engine, ours)).toEqual({ ...(await specOf(engine, theirs)), Name: ours.name });
  });

  it('is refused where there is nothing to go back to', async () => {
    await using web = await lab.createService('--replicas', '0', app);
    await expect(carryOut(engine, `rollback ${web.name}`)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('no previous spec') as unknown,
    });
  });
});
