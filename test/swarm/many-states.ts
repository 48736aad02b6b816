import { expect, vi } from 'vitest';
import type { Lab } from '../lab/swarm-lab.ts';

/** Waits until a reading of the Swarm says what is expected. */
export async function settles(read: () => Promise<string>, expected: string): Promise<void> {
  const until = async () => expect(await read()).toBe(expected);
  await vi.waitFor(until, { timeout: 60_000, interval: 300 });
}

/** How many services `createManyStates` leaves. */
export const manyStates = 14;

/** Fills a fresh lab with services in every mode and many states, and waits until all of them are at rest. */
export async function createManyStates(lab: Lab): Promise<void> {
  const create = (name: string, ...args: string[]) =>
    lab.docker('service', 'create', '--quiet', '--detach', '--name', name, ...args);
  const app = lab.image('1');
  await lab.docker('node', 'update', '--label-add', 'zone=a', 'node2');

  await create('web', '--replicas', '3', '--label', 'tier=front', '-p', '8080-8082:80-82', app);
  await create('web10', '--label', 'tier=back', '-p', '9000:80', '-p', '9001:80', '-p', '9002:81', app);
  const host = ['-p', 'mode=host,target=90,published=9090', '-p', 'mode=host,target=91,published=9091'];
  await create('web2', '-p', '5353:53/udp', '-p', '54:53', ...host, app);
  await create('spread', '--replicas', '4', '--replicas-max-per-node', '1', app);
  await create('none', '--replicas', '0', app);
  await create('nowhere', '--constraint', 'node.hostname==nope', app);
  await create('agent', '--mode', 'global', '--label', 'tier', app);
  await create('zonal', '--mode', 'global', '--constraint', 'node.labels.zone==a', app);

  await create('job', '--mode', 'replicated-job', '--replicas', '4', '--max-concurrent', '2', app, 'true');
  await create('endless', '--mode', 'replicated-job', '--replicas', '3', '--max-concurrent', '1', app);
  await create('everywhere', '--mode', 'global-job', app, 'true');

  const few = ['--restart-max-attempts', '2', '--restart-delay', '100ms'];
  await create('crashing', ...few, lab.image('crash'));
  await create('missing', '--no-resolve-image', ...few, `${app}-gone`);
  const careful = ['--update-monitor', '2s', '--update-failure-action', 'pause'];
  await create('paused', '--replicas', '2', '--restart-condition', 'none', ...careful, app);
  await settles(() => replicas(lab, 'paused'), '2/2');
  await lab.docker('service', 'update', '--quiet', '--detach', '--image', lab.image('crash'), 'paused');

  await settles(() => lab.docker('service', 'inspect', '-f', '{{.UpdateStatus.State}}', 'paused'), 'paused');
  await settles(() => replicas(lab, 'web'), '3/3');
  await settles(() => replicas(lab, 'web2'), '1/1');
  await settles(() => replicas(lab, 'web10'), '1/1');
  await settles(() => replicas(lab, 'spread'), '3/4 (max 1 per node)');
  await settles(() => replicas(lab, 'agent'), '3/3');
  await settles(() => replicas(lab, 'zonal'), '1/1');
  await settles(() => replicas(lab, 'endless'), '1/1 (0/3 completed)');
  await settles(() => replicas(lab, 'job'), '0/2 (4/4 completed)');
  await settles(() => replicas(lab, 'everywhere'), '0/0 (3/3 completed)');
  await settles(() => failures(lab, 'crashing'), '3');
  await settles(() => failures(lab, 'missing'), '3');
}

/** A service named `full` with nearly every option that a service can have. */
export async function createFullService(lab: Lab): Promise<void> {
  await lab.docker('network', 'create', '--driver', 'overlay', 'net1');
  const options = [
    '--label a.b=c --label empty= --replicas 2 --constraint node.role==manager --constraint node.hostname==node1',
    '--placement-pref spread=node.labels.zone --replicas-max-per-node 2',
    '--update-delay 90s --update-parallelism 2 --update-monitor 7s --update-max-failure-ratio 0.3',
    '--update-order start-first --rollback-delay 1500ms --rollback-failure-action continue',
    '--env A=1 --env TOKEN=x --workdir /tmp --user 1000 --init --cap-add NET_ADMIN --cap-drop CHOWN',
    '--sysctl net.core.somaxconn=512 --ulimit nofile=100:200 --mount type=volume,src=v,dst=/data',
    '--mount type=bind,src=/tmp,dst=/b,ro --log-driver json-file --log-opt max-size=1m',
    '--reserve-cpu 0.1 --reserve-memory 64M --limit-cpu 0.5 --limit-memory 128M --limit-pids 50',
    '--network net1 -p 18080:80 -p 10053:53/udp --health-cmd true --health-interval 5s --health-retries 3',
  ].join(' ');
  const words = ['service', 'create', '--quiet', '--detach', '--name', 'full', ...options.split(' ')];
  await lab.docker(...words, lab.image('1'), 'sleep', '1000');
}

async function replicas(lab: Lab, name: string): Promise<string> {
  const lines = await lab.docker('service', 'ls', '--format', '{{.Name}} {{.Replicas}}');
  const line = lines.split('\n').find((each) => each.startsWith(`${name} `)) ?? '';
  return line.slice(name.length + 1);
}

async function failures(lab: Lab, name: string): Promise<string> {
  const tasks = await lab.docker('service', 'ps', name, '--format', '{{.CurrentState}} {{.DesiredState}}');
  return String(tasks.split('\n').filter((task) => /^(Failed|Rejected).*Shutdown$/.test(task)).length);
}
