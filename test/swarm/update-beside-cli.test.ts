import { expect, it } from 'vitest';
import { z } from 'zod';
import { describeSwarm } from '../lab/describe-swarm.ts';
import type { LabService } from '../lab/swarm-lab.ts';
import { attachments, everyOption, removed, specOf } from './every-option.ts';
import { labEngine } from './lab-engine.ts';
import { rawApi } from './raw-api.ts';
import { carryOut } from './scaling.ts';

describeSwarm('service update leaves the very spec that the docker CLI leaves', (lab) => {
  const engine = labEngine(lab);
  const [app, second] = [lab.image('1'), lab.image('2')];

  /** Each is done to twins, one by the CLI and one by Shipmate. */
  const updates: readonly string[] = [
    `--image ${second}`,
    `--image ${second} --no-resolve-image`,
    '--force',
    '--replicas 3',
    '--env-add NEW=1 --env-add A=2 --env-rm B',
    '--env-add B=3 --env-rm B --env-rm nothing',
    '--label-add a.b=d --label-add bare --label-rm empty',
    '--container-label-add k2=v=2 --container-label-rm k',
    '--constraint-add node.labels.zone!=z --constraint-add node.role!=worker --constraint-rm node.role==manager',
    '--limit-cpu .3 --limit-memory 1.5g --limit-pids 0',
    '--limit-cpu 0 --limit-memory 0',
    '--reserve-cpu 0.29 --reserve-memory 6M',
    '--update-delay 1m30.5s --update-parallelism 0 --update-failure-action continue --update-monitor 500ms',
    '--update-max-failure-ratio 0.1 --update-order stop-first',
    '--rollback-delay 2s --rollback-parallelism 1 --rollback-failure-action pause --rollback-monitor 1h',
    '--rollback-max-failure-ratio .7 --rollback-order start-first',
    '--restart-condition any --restart-delay 1ms --restart-max-attempts 0 --restart-window 90s',
    `--image ${second} --force --replicas 1 --env-add X=y --label-add l=m --limit-cpu 1 --restart-delay 9s`,
  ];

  async function twins(options: readonly string[], lines: readonly string[]): Promise<void> {
    await using theirs = await lab.createService(...options);
    await using ours = await lab.createService(...options);
    for (const line of lines) {
      await lab.docker('service', 'update', '--quiet', '--detach', ...line.split(' '), theirs.name);
      await carryOut(engine, `service update --detach ${line} ${ours.name}`);
      const [left, right] = await Promise.all([specOf(engine, theirs), specOf(engine, ours)]);
      expect({ after: line, spec: right }).toEqual({ after: line, spec: { ...left, Name: ours.name } });
    }
  }

  it('for a service with every kind of option, option after option', { timeout: 300_000 }, async () => {
    await using attached = await attachments(lab);
    const published = '--publish target=80,protocol=tcp --publish mode=host,target=81,protocol=udp'.split(
      ' ',
    );
    await twins([...everyOption, ...published, ...attached.options, app], updates);
  });

  it('for a service with no option at all', { timeout: 300_000 }, () =>
    twins(['--replicas', '0', app], updates),
  );

  it('for a global service', () =>
    twins(
      ['--mode', 'global', '--constraint', 'node.labels.none==1', app],
      updates.filter((line) => !line.includes('--replicas')),
    ));

  it('for a job', () =>
    twins(
      ['--mode', 'replicated-job', '--constraint', 'node.labels.none==1', app, 'true'],
      ['--env-add A=1', '--force', `--image ${second}`, '--limit-memory 32m --label-add a=b'],
    ));

  it('for a service whose networks sit in the deprecated place', async () => {
    const network = `old-${lab.net.replaceAll('.', '-')}`;
    const id = await lab.docker('network', 'create', '--driver', 'overlay', network);
    try {
      await using theirs = await deprecated(id);
      await using ours = await deprecated(id);
      for (const line of ['--env-add A=1', `--image ${second} --restart-delay 3s`]) {
        await lab.docker('service', 'update', '--quiet', '--detach', ...line.split(' '), theirs.name);
        const { outcome } = await carryOut(engine, `service update --detach ${line} ${ours.name}`);
        expect(outcome.kind).toBe('done');
        const [left, right] = await Promise.all([specOf(engine, theirs), specOf(engine, ours)]);
        expect(right).toEqual({ ...left, Name: ours.name });
        expect(right).toMatchObject({ Networks: [{ Target: id, Aliases: ['api'] }] });
      }
    } finally {
      await removed(lab, 'network', network);
    }
  });

  /** No CLI makes these any more: a service is changed into one by the API. */
  async function deprecated(network: string): Promise<LabService> {
    const name = `old${Math.trunc(performance.now() * 1000)}`;
    const spec = {
      Name: name,
      TaskTemplate: { ContainerSpec: { Image: app } },
      Mode: { Replicated: { Replicas: 0 } },
      Networks: [{ Target: network, Aliases: ['api'] }],
    };
    const answer = await rawApi(lab.socket(1), 'POST', '/services/create', spec);
    const id = z.object({ ID: z.string() }).parse(JSON.parse(answer)).ID;
    return { name, id, [Symbol.asyncDispose]: async () => void (await lab.docker('service', 'rm', id)) };
  }
});
