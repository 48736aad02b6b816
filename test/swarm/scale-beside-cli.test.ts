import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { connectEngines } from '../../src/engine/connect-engines.ts';
import type { Engine, Engines } from '../../src/engine/engine.ts';
import { describeSwarm } from '../lab/describe-swarm.ts';
import type { LabService } from '../lab/swarm-lab.ts';
import { quick, read } from './scale-readings.ts';
import { carryOut } from './scaling.ts';

describeSwarm('service scale, beside the docker CLI 28', (lab) => {
  const app = lab.image('1');
  let engines: Engines & AsyncDisposable;
  let engine: Engine;

  beforeAll(() => {
    engines = connectEngines({ lab: { host: lab.dockerHost } }, {});
    engine = engines.get('lab');
  });
  afterAll(async () => {
    await engines?.[Symbol.asyncDispose]();
  });

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
    '--endpoint-mode dnsrr --isolation default --publish mode=host,target=80,protocol=udp';

  it('leaves the very spec that the docker CLI’s scale leaves', async () => {
    const suffix = lab.net.replaceAll('.', '-');
    const [network, secret, settings] = [`net-${suffix}`, `secret-${suffix}`, `settings-${suffix}`];
    await lab.docker('network', 'create', '--driver', 'overlay', '--attachable', network);
    await lab.docker('secret', 'create', secret, '/etc/hostname');
    await lab.docker('config', 'create', settings, '/etc/hostname');
    try {
      const more = [
        '--network',
        `name=${network},alias=api,driver-opt=a=b`,
        '--secret',
        `source=${secret},target=s,uid=7,mode=0400`,
      ];
      const options = [
        ...everything.split(' '),
        ...more,
        '--config',
        `source=${settings},target=/c,gid=8`,
        app,
      ];
      await using theirs = await lab.createService(...options);
      await using ours = await lab.createService(...options);
      await lab.docker('service', 'scale', '--detach', `${theirs.name}=1`);
      await carryOut(engine, `scale --detach ${ours.name}=1`);
      const [left, right] = await Promise.all([specOf(theirs), specOf(ours)]);
      expect(right).toEqual({ ...left, Name: ours.name });
      expect(right).toMatchObject({ Mode: { Replicated: { Replicas: 1 } } });
    } finally {
      await removed('network', network);
      await removed('secret', secret);
      await removed('config', settings);
    }
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
    expect(await specOf(ours)).toEqual({ ...(await specOf(theirs)), Name: ours.name });
  });

  it(
    'and the docker CLI may scale the same service at once, again and again',
    { timeout: 300_000 },
    async () => {
      await using web = await lab.createService('--replicas', '1', '--label', 'a=b', ...quick, app);
      const { Mode: _, ...rest } = await specOf(web);
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
        const { Mode: _mode, ...left } = await specOf(web);
        expect(left).toEqual(rest);
      }
      expect(conflicts).toBeGreaterThan(14);
    },
  );

  async function specOf({ id }: LabService): Promise<Record<string, unknown>> {
    const inspected: unknown = JSON.parse(await lab.docker('service', 'inspect', id));
    const [first] = z.array(z.object({ Spec: z.record(z.string(), z.unknown()) })).parse(inspected);
    if (first === undefined) throw new Error(`${id} is not there`);
    return first.Spec;
  }

  /** What a service used can be removed only when the service's tasks are gone. */
  async function removed(kind: 'network' | 'secret' | 'config', name: string): Promise<void> {
    await expect
      .poll(() => lab.docker(kind, 'rm', name).catch(String), { timeout: 60_000, interval: 500 })
      .toBe(name);
  }
});
