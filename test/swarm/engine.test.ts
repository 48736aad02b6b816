import { randomBytes } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { connectEngines } from '../../src/engine/connect-engines.ts';
import { engineEndpoints } from '../../src/engine/engine-endpoints.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { SeenCall } from '../../src/engine/known-calls.ts';
import { engineContract } from '../contract/engine.contract.ts';
import { describeSwarm } from '../lab/describe-swarm.ts';
import { startSocketProxy } from '../lab/socket-proxy.ts';
import { type Lab, startLab } from '../lab/swarm-lab.ts';
import { rawApi } from './raw-api.ts';

const uniqueName = () => `t${randomBytes(5).toString('hex')}`;

/** @param hosts addresses, by the names of their clusters. */
function enginesOf(hosts: Readonly<Record<string, string>>, observe: (seen: SeenCall) => void = () => {}) {
  const clusters = Object.fromEntries(Object.entries(hosts).map(([name, host]) => [name, { host }]));
  return connectEngines(clusters, {}, { observe });
}

describeSwarm('the engine adapter', (lab) => {
  const called = new Set<string>();

  engineContract(async () => {
    const alone = await startLab({ engine: lab.engine, nodes: 1 });
    await alone.docker('swarm', 'leave', '--force');
    const second = await startSocketProxy(lab.socket(2));
    const hosts = { prod: lab.dockerHost, worker: second.dockerHost, loner: alone.dockerHost };
    const engines = enginesOf(hosts, ({ endpoint }) => called.add(endpoint));
    const ids: string[] = [];
    return {
      manager: engines.get('prod'),
      worker: engines.get('worker'),
      loner: engines.get('loner'),
      image: lab.image('1'),
      uniqueName,
      async create(spec) {
        const answer = await rawApi(lab.socket(1), 'POST', '/services/create', spec);
        const { ID } = z.object({ ID: z.string() }).parse(JSON.parse(answer));
        ids.push(ID);
        return ID;
      },
      async [Symbol.asyncDispose]() {
        await lab.docker('service', 'rm', ...ids);
        await engines[Symbol.asyncDispose]();
        await second[Symbol.asyncDispose]();
        await alone[Symbol.asyncDispose]();
      },
    };
  });

  it('has made every call that the socket proxy lets through', () => {
    const allowed = engineEndpoints.map(({ name }) => name);
    // No call is made without a ping before it.
    expect(['ping', ...called].toSorted()).toEqual(allowed.toSorted());
  });
});

describeSwarm('a spec with every kind of option', (lab) => {
  const names = { network: uniqueName(), secret: uniqueName(), config: uniqueName() };

  beforeAll(async () => {
    await lab.docker('network', 'create', '--driver', 'overlay', names.network);
    await lab.docker('secret', 'create', names.secret, '/etc/hostname');
    await lab.docker('config', 'create', names.config, '/etc/hostname');
    return async () => {
      await lab.docker('network', 'rm', names.network);
      await lab.docker('secret', 'rm', names.secret);
      await lab.docker('config', 'rm', names.config);
    };
  });

  it("is after the adapter's scale what it is after the CLI's, to the last digit", async () => {
    await using engines = enginesOf({ prod: lab.dockerHost });
    const engine = engines.get('prod');
    const options = everyOption(lab, names);
    const replicas = { Mode: { Replicated: { Replicas: '3' } } };

    const ours = await lab.createService(...options);
    const before = await exactSpec(lab, ours.id);
    const { Spec, Version } = await engine.service(ours.id);
    const spec = { ...Spec, Mode: { Replicated: { ...Spec.Mode?.Replicated, Replicas: 3 } } };
    await engine.updateService({ id: ours.id, version: Version.Index, spec });
    const after = await exactSpec(lab, ours.id);
    await ours[Symbol.asyncDispose]();
    expect(after).toEqual({ ...before, ...replicas });
    expect(JSON.stringify(after)).toContain('9223372036854775807');

    // Only then: both publish the same ports.
    await using theirs = await lab.createService(...options);
    await lab.docker('service', 'scale', '--detach', `${theirs.name}=3`);
    expect({ ...(await exactSpec(lab, theirs.id)), Name: ours.name }).toEqual(after);
  });
});

describeSwarm('a Swarm that breaks', ({ engine: version }) => {
  const patience = { timeout: 60_000, interval: 250 };

  /** What a caller learns: the nodes' states, or a failure. */
  function outlook(engine: Engine): Promise<unknown> {
    return engine.nodes().then(
      (nodes) => nodes.map((node) => node.Status.State),
      (failure: unknown) => failure,
    );
  }

  it('is told to have no leader when most of its managers are gone', async () => {
    await using lab = await startLab({ engine: version, nodes: 2, managers: 2 });
    await using engines = enginesOf({ prod: lab.dockerHost });
    const engine = engines.get('prod');
    expect(await outlook(engine)).toEqual(['ready', 'ready']);
    await lab.cut(2);
    await expect.poll(() => outlook(engine), patience).toMatchObject({ reason: 'no-leader' });
  });

  it('is told to be unreachable while its engine is stopped, and is there again after it', async () => {
    await using lab = await startLab({ engine: version, nodes: 1 });
    await using engines = enginesOf({ prod: lab.dockerHost });
    const engine = engines.get('prod');
    expect(await outlook(engine)).toEqual(['ready']);
    await lab.stop(1);
    expect(await outlook(engine)).toMatchObject({ kind: 'unavailable', reason: 'unreachable' });
    await lab.start(1);
    await expect.poll(() => outlook(engine), patience).toEqual(['ready']);
  });
});

/** A service's spec past the adapter, its numbers as the engine's own digits. */
async function exactSpec(lab: Lab, id: string): Promise<Record<string, unknown>> {
  const body = await rawApi(lab.socket(1), 'GET', `/services/${id}`);
  const exact = JSON.parse(body, (_key, value, { source }) => (typeof value === 'number' ? source : value));
  return z.object({ Spec: z.record(z.string(), z.unknown()) }).parse(exact).Spec;
}

/** Durations and limits are at the end of 64 bits, where JavaScript rounds. No task of it ever runs. */
function everyOption(
  lab: Lab,
  { network, secret, config }: Record<'network' | 'secret' | 'config', string>,
): string[] {
  const forever = '2562047h47m16.854775807s';
  const flags: Readonly<Record<string, string | readonly string[]>> = {
    replicas: '1',
    constraint: ['node.labels.nowhere==true', 'node.role==worker'],
    'placement-pref': 'spread=node.labels.rack',
    'replicas-max-per-node': '2',
    env: ['PASSWORD=hunter2', 'EMPTY=', 'EMOJI=🚢 <!channel> &amp;'],
    label: ['tier=front', '__proto__=odd', 'empty='],
    'container-label': 'inner=1',
    hostname: '{{.Node.Hostname}}-{{.Task.Slot}}',
    user: '1000:1000',
    group: '100',
    workdir: '/tmp',
    dns: '10.0.0.1',
    'dns-option': 'ndots:2',
    'dns-search': 'example.com',
    host: 'db:10.1.2.3',
    network: `name=${network},alias=front`,
    publish: ['published=8080,target=80', 'published=9090,target=90,protocol=udp,mode=host'],
    secret: `source=${secret},target=/run/s,mode=0400`,
    config: `source=${config},target=/c,uid=5`,
    mount: [
      'type=bind,source=/etc,target=/host,readonly,bind-propagation=rslave',
      'type=volume,source=data,target=/data,volume-driver=local,volume-opt=type=tmpfs,volume-label=a=b',
      'type=tmpfs,target=/scratch,tmpfs-size=1048576,tmpfs-mode=1770',
    ],
    'limit-cpu': '1.5',
    'limit-memory': '9223372036854771713',
    'limit-pids': '9007199254740993',
    'reserve-cpu': '0.25',
    'reserve-memory': '64M',
    'generic-resource': 'gpu=2',
    ulimit: ['nofile=1024:9223372036854775807', 'nproc=9223372036854770001'],
    sysctl: 'net.core.somaxconn=1024',
    'cap-add': 'NET_ADMIN',
    'cap-drop': 'MKNOD',
    'health-cmd': 'test -e /ok',
    'health-interval': '10s',
    'health-retries': '3',
    'health-start-period': forever,
    'health-timeout': '5s',
    'log-driver': 'json-file',
    'log-opt': 'max-size=10m',
    'restart-condition': 'on-failure',
    'restart-delay': forever,
    'restart-max-attempts': '5',
    'restart-window': '30s',
    'update-parallelism': '2',
    'update-delay': forever,
    'update-failure-action': 'rollback',
    'update-max-failure-ratio': '0.1',
    'update-monitor': forever,
    'update-order': 'start-first',
    'rollback-parallelism': '3',
    'rollback-delay': '1s',
    'rollback-failure-action': 'continue',
    'rollback-max-failure-ratio': '0.3',
    'rollback-monitor': '7s',
    'rollback-order': 'start-first',
    'stop-grace-period': forever,
    'stop-signal': 'SIGQUIT',
    entrypoint: 'sh -c',
  };
  const pairs = Object.entries(flags).flatMap(([flag, values]) =>
    [values].flat().map((value) => [`--${flag}`, value]),
  );
  return [...pairs.flat(), '--init', '--tty', '--read-only', lab.image('1'), 'echo', 'hello'];
}
