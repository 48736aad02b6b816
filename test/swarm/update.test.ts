import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectEngines } from '../../src/engine/connect-engines.ts';
import type { Engine, Engines } from '../../src/engine/engine.ts';
import { describeSwarm } from '../lab/describe-swarm.ts';
import type { LabService } from '../lab/swarm-lab.ts';
import { settles } from './many-states.ts';
import { rawApi } from './raw-api.ts';
import { carryOut, wordsOf } from './scaling.ts';

describeSwarm('service update', (lab) => {
  let engines: Engines & AsyncDisposable;
  let engine: Engine;
  const [app, second, crash, slow] = [lab.image('1'), lab.image('2'), lab.image('crash'), lab.image('slow')];
  const quick = ['--stop-grace-period', '1s', '--update-monitor', '1s', '--rollback-monitor', '1s'];

  beforeAll(() => {
    engines = connectEngines({ lab: { host: lab.dockerHost } }, {});
    engine = engines.get('lab');
  });
  afterAll(async () => {
    await engines?.[Symbol.asyncDispose]();
  });

  async function running({ name }: LabService): Promise<readonly string[]> {
    const format = '{{if eq (printf "%.7s" .CurrentState) "Running"}}{{.Image}}{{end}}';
    const tasks = await lab.docker('service', 'ps', name, '-f', 'desired-state=running', '--format', format);
    return tasks.split('\n').filter((image) => image !== '');
  }

  /** A service whose first tasks run. */
  async function runningService(replicas: number, ...options: readonly string[]): Promise<LabService> {
    const service = await lab.createService('--replicas', String(replicas), ...quick, ...options, app);
    await settles(async () => String((await running(service)).length), String(replicas));
    return service;
  }

  /** As the API has it: no defaults filled in. An environment has no order: the CLI's own is by chance. */
  async function specOf({ id }: LabService): Promise<Record<string, unknown>> {
    const spec = structuredClone((await engine.service(id)).Spec);
    spec.TaskTemplate.ContainerSpec?.Env?.sort();
    return spec;
  }

  it('deploys an image by its digest, and says so when its tasks run', async () => {
    await using web = await runningService(2);
    const { outcome, plan } = await carryOut(engine, `deploy ${web.name} ${second}`);
    expect(outcome).toMatchObject({ kind: 'done' });
    expect(plan.summary).toBe(`update ${web.name}: image ${app} → ${second}`);
    expect(outcome.detail).toMatch(new RegExp(`^${web.name} updated: 2 of 2 running, in `));
    expect(await running(web)).toEqual([second, second]);
    expect(await specOf(web)).toMatchObject({
      TaskTemplate: {
        ContainerSpec: { Image: expect.stringMatching(`^${second}@sha256:[0-9a-f]{64}$`) as unknown },
      },
    });
  });

  it('restarts all tasks, and sends nothing for what is set already', async () => {
    await using web = await runningService(2);
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

  describe('leaves the very spec that the docker CLI leaves', () => {
    const everything =
      '--replicas 2 --label a.b=c --label empty= --container-label k=v --constraint node.role==manager ' +
      '--placement-pref spread=node.labels.zone --replicas-max-per-node 9 --env A=1 --env B=x=y --env EMPTY= ' +
      '--hostname {{.Node.Hostname}}-{{.Task.Slot}} --user 0:0 --workdir /tmp --group 5 --init --read-only --tty ' +
      '--cap-add NET_ADMIN --cap-drop MKNOD --sysctl net.ipv4.ip_default_ttl=65 --ulimit nofile=1000:2000 --dns 10.9.9.9 ' +
      '--dns-option ndots:2 --dns-search example.com --host a.example:10.0.0.9 --stop-signal SIGTERM --stop-grace-period 90s ' +
      '--health-cmd true --health-interval 7s --health-retries 4 --health-start-period 3s --health-timeout 2s ' +
      '--limit-cpu 0.5 --limit-memory 64m --limit-pids 90 --reserve-cpu 0.01 --reserve-memory 8m ' +
      '--mount type=tmpfs,target=/scratch,tmpfs-size=1m,tmpfs-mode=1770 --mount type=bind,source=/etc/hostname,target=/h,readonly ' +
      '--mount type=volume,source=v1,target=/v,volume-label=x=y,volume-nocopy --log-driver json-file --log-opt max-size=1m ' +
      '--restart-condition on-failure --restart-delay 7s --restart-max-attempts 3 --restart-window 2m ' +
      '--update-delay 3s --update-failure-action rollback --update-max-failure-ratio 0.25 --update-monitor 2s ' +
      '--update-order start-first --update-parallelism 2 --rollback-delay 1s --rollback-failure-action continue ' +
      '--rollback-max-failure-ratio 0.5 --rollback-monitor 8s --rollback-order stop-first --rollback-parallelism 3 ' +
      '--publish target=80,protocol=tcp --publish mode=host,target=81,protocol=udp';

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
        const [left, right] = await Promise.all([specOf(theirs), specOf(ours)]);
        expect({ after: line, spec: right }).toEqual({ after: line, spec: { ...left, Name: ours.name } });
      }
    }

    it('for a service with every kind of option, option after option', { timeout: 300_000 }, async () => {
      const suffix = lab.net.replaceAll('.', '-');
      const [one, two, secret, settings] = ['one', 'two', 'secret', 'settings'].map(
        (name) => `${name}-u-${suffix}`,
      );
      await lab.docker('network', 'create', '--driver', 'overlay', '--attachable', `${one}`);
      await lab.docker('network', 'create', '--driver', 'overlay', `${two}`);
      await lab.docker('secret', 'create', `${secret}`, '/etc/hostname');
      await lab.docker('config', 'create', `${settings}`, '/etc/hostname');
      try {
        const more = `--network name=${one},alias=api,driver-opt=a=b --network name=${two},alias=b,alias=c
          --secret source=${secret},target=s,uid=7,mode=0400 --config source=${settings},target=/c,gid=8`;
        await twins([...everything.split(' '), ...more.split(/\s+/), app], updates);
      } finally {
        await removed('network', `${one}`);
        await removed('network', `${two}`);
        await removed('secret', `${secret}`);
        await removed('config', `${settings}`);
      }
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
          const [left, right] = await Promise.all([specOf(theirs), specOf(ours)]);
          expect(right).toEqual({ ...left, Name: ours.name });
          expect(right).toMatchObject({ Networks: [{ Target: id, Aliases: ['api'] }] });
        }
      } finally {
        await removed('network', network);
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

  describe('tells as failed, with the right cause,', () => {
    it('an image that crashes', async () => {
      await using web = await runningService(1, '--restart-delay', '1s');
      const { outcome } = await carryOut(engine, `deploy ${web.name} ${crash}`);
      expect(outcome.kind).toBe('failed');
      expect(wordsOf(outcome.answer)).toContain('non-zero exit (1)');
      expect(wordsOf(outcome.answer)).toContain('Roll back…');
      expect(wordsOf(outcome.answer)).toContain(`Logs of ${web.name}`);
    });

    it('an image that is never healthy', async () => {
      await using web = await runningService(1, '--update-monitor', '30s');
      const { outcome } = await carryOut(engine, `deploy ${web.name} ${slow}`);
      expect(outcome.kind).toBe('failed');
      expect(wordsOf(outcome.answer)).toMatch(/unhealthy container|health check failed/);
    });

    it('a constraint that nothing meets', async () => {
      await using web = await runningService(2);
      const line = `service update --constraint-add node.labels.disk==none ${web.name}`;
      const { outcome, plan } = await carryOut(engine, line);
      expect(wordsOf(plan.preview)).toContain('No node can take tasks');
      expect(outcome.kind).toBe('failed');
      expect(outcome.detail).toContain('its constraints rule out 3 nodes');
    });

    it('a reservation too large', async () => {
      await using web = await runningService(1);
      const { outcome } = await carryOut(engine, `service update --reserve-memory 900g ${web.name}`);
      expect(outcome.kind).toBe('failed');
      expect(outcome.detail).toContain('too little CPU or memory is free on 3 nodes');
    });

    it('a rollback of Swarm’s own, as a rollback', async () => {
      await using web = await runningService(
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
      expect(await specOf(web)).toMatchObject({ TaskTemplate: { ContainerSpec: { Env: ['LEVEL=theirs'] } } });
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
      expect(await specOf(web)).toMatchObject({
        TaskTemplate: { ContainerSpec: { Env: [`ROUND=${round}`] } },
        Labels: { round: String(round) },
      });
    }
  });

  describe('rollback', () => {
    it('goes back to the previous spec, shows what that changes, and is no failure', async () => {
      await using web = await runningService(2, '--env', 'PASSWORD=one');
      await carryOut(engine, `service update --image ${second} --env-add PASSWORD=two ${web.name}`);
      const { outcome, plan } = await carryOut(engine, `rollback ${web.name}`);
      expect(plan.summary).toContain(`image ${second} → ${app}`);
      expect(wordsOf([...plan.preview, ...outcome.answer])).not.toMatch(/one|two/);
      expect(outcome).toMatchObject({ kind: 'done' });
      expect(outcome.detail).toMatch(`${web.name} rolled back: 2 of 2 running`);
      expect(await running(web)).toEqual([app, app]);
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
      expect(await specOf(ours)).toEqual({ ...(await specOf(theirs)), Name: ours.name });
    });

    it('is refused where there is nothing to go back to', async () => {
      await using web = await lab.createService('--replicas', '0', app);
      await expect(carryOut(engine, `rollback ${web.name}`)).rejects.toMatchObject({
        kind: 'conflict',
        message: expect.stringContaining('no previous spec') as unknown,
      });
    });
  });

  /** What a service used can be removed only when the service's tasks are gone. */
  async function removed(kind: 'network' | 'secret' | 'config', name: string): Promise<void> {
    await expect
      .poll(() => lab.docker(kind, 'rm', name).catch(String), { timeout: 60_000, interval: 500 })
      .toBe(name);
  }
});
