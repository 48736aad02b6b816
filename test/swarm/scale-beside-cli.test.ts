import { expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { describeSwarm } from '../lab/describe-swarm.ts';
import { attachments, everyOption, specOf } from './every-option.ts';
import { labEngine } from './lab-engine.ts';
import { quick, read } from './service-readings.ts';
import { carryOut } from './scaling.ts';

describeSwarm('service scale, beside the docker CLI 28', (lab) => {
  const app = lab.image('1');
  const engine = labEngine(lab);

  it('leaves the very spec that the docker CLI’s scale leaves', async () => {
    await using attached = await attachments(lab);
    const endpoint = ['--endpoint-mode', 'dnsrr', '--publish', 'mode=host,target=80,protocol=udp'];
    const options = [...everyOption, '--isolation', 'default', ...endpoint, ...attached.options, app];
    await using theirs = await lab.createService(...options);
    await using ours = await lab.createService(...options);
    await lab.docker('service', 'scale', '--detach', `${theirs.name}=1`);
    await carryOut(engine, `scale --detach ${ours.name}=1`);
    const [left, right] = await Promise.all([specOf(engine, theirs), specOf(engine, ours)]);
    expect(right).toEqual({ ...left, Name: ours.name });
    expect(right).toMatchObject({ Mode: { Replicated: { Replicas: 1 } } });
  });

  it('leaves a job as the docker CLI’s scale leaves it', async () => {
    const options = [
      '--mode',
      'replicated-job',
      '--replicas',
      '2',
      '--max-concurrent',
      '1',
      '--label',
      'a=b',
      app,
      'true',
    ];
    await using theirs = await lab.createService(...options);
    await using ours = await lab.createService(...options);
    await lab.docker('service', 'scale', '--detach', `${theirs.name}=3`);
    await carryOut(engine, `scale --detach ${ours.name}=3`);
    expect(await specOf(engine, ours)).toEqual({ ...(await specOf(engine, theirs)), Name: ours.name });
  });

  it(
    'and the docker CLI may scale the same service at once, again and again',
    { timeout: 300_000 },
    async () => {
      await using web = await lab.createService('--replicas', '1', '--label', 'a=b', ...quick, app);
      const { Mode: _, ...rest } = await specOf(engine, web);
      let conflicts = 0;
      for (let round = 0; round < 30; round += 1) {
        const before = (await read(engine, web)).replicas ?? 0;
        const [theirs, ours] = [(before + 1) % 5, (before + 2) % 5];
        let cli: Promise<unknown> | undefined;
        const startCli = () =>
          (cli ??= lab.docker('service', 'scale', '--detach', `${web.name}=${theirs}`).catch(String));
        const contended: Engine = {
          ...engine,
          async updateService(...call) {
            // Every other round the CLI certainly writes between what was read and what is sent.
            const first = startCli();
            if (round % 2 === 0) await first;
            return engine.updateService(...call).catch((error: unknown) => {
              conflicts += 1;
              throw error;
            });
          },
        };
        const { outcome } = await carryOut(contended, `scale ${web.name}=${ours}`);
        const cliSaid = String(await cli);
        const { replicas } = await read(engine, web);
        expect([theirs, ours]).toContain(replicas);
        expect(outcome.kind, `${outcome.detail}; the CLI: ${cliSaid}`).toBe(
          replicas === ours ? 'done' : 'overtaken',
        );
        const { Mode: _mode, ...left } = await specOf(engine, web);
        expect(left).toEqual(rest);
      }
      expect(conflicts).toBeGreaterThan(14);
    },
  );
});
