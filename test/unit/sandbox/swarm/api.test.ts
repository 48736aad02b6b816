import { request } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startSwarm } from '../../../../src/sandbox/swarm/swarm.ts';
import { steppedSwarm, type SteppedSwarm } from './stepped-swarm.ts';

let swarm: SteppedSwarm;

beforeAll(async () => {
  swarm = await steppedSwarm();
  return () => swarm[Symbol.asyncDispose]();
});

interface Given {
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
}

async function ask(path: string, options: RequestInit = {}, host = swarm.dockerHost): Promise<Given> {
  const response = await fetch(host.replace('tcp:', 'http:') + path, options);
  return { status: response.status, headers: response.headers, body: await response.text() };
}

const message = ({ body }: Given) => z.object({ message: z.string() }).parse(JSON.parse(body)).message;
const Event = z.object({
  Action: z.string(),
  Actor: z.object({ Attributes: z.record(z.string(), z.string()) }),
});
const filters = (value: object) => `filters=${encodeURIComponent(JSON.stringify(value))}`;

describe('an engine', () => {
  it('tells its newest version to whoever negotiates, and what it is to a Swarm', async () => {
    const { status, headers, body } = await ask('/_ping');
    expect({ status, body }).toEqual({ status: 200, body: 'OK' });
    expect(headers.get('api-version')).toBe('1.51');
    expect(headers.get('swarm')).toBe('active/manager');
    expect((await ask('/_ping', { method: 'HEAD' })).status).toBe(200);
  });

  it.each([
    ['/v1.99/info', 400, 'client version 1.99 is too new. Maximum supported API version is 1.51'],
    ['/v1.51/nothing', 404, 'page not found'],
    ['/services/nosuch', 404, 'service nosuch not found'],
    ['/tasks/nosuch', 404, 'task nosuch not found'],
    ['/nodes/nosuch', 404, 'node nosuch not found'],
    ['/services/nosuch/logs?stdout=1', 404, 'service nosuch not found'],
    [`/services?${filters({ colour: ['red'] })}`, 400, "invalid filter 'colour'"],
    ['/services?filters=red', 400, 'invalid filter'],
    [`/tasks?${filters({ 'desired-state': ['odd'] })}`, 400, "Invalid desired-state filter: 'odd'"],
    ['/distribution/registry.example/app:99/json', 404, 'manifest unknown: manifest unknown'],
    ['/images/nosuch/json', 404, 'No such image: nosuch:latest'],
  ])('refuses %s with %i', async (path, status, why) => {
    const given = await ask(path);
    expect({ status: given.status, message: message(given) }).toEqual({ status, message: why });
  });

  it('refuses a version that it is too new for in plain text, as engines do', async () => {
    const { status, body, headers } = await ask('/v1.10/info');
    expect(status).toBe(400);
    expect(headers.get('content-type')).toContain('text/plain');
    expect(body).toMatch(/^client version 1.10 is too old/);
  });

  it('says in its info that it is a simulation', async () => {
    const { body } = await ask('/info');
    expect(JSON.parse(body)).toMatchObject({
      OperatingSystem: "Shipmate's simulated Swarm",
      Labels: ['simulation=true'],
      Warnings: ['WARNING: This is a simulation: no container runs here'],
    });
  });

  it('counts tasks for the versions that know of it', async () => {
    swarm.create('counted');
    swarm.pass(5);
    const path = `/services?status=true&${filters({ name: ['counted'] })}`;
    expect(JSON.parse((await ask(`/v1.41${path}`)).body)).toMatchObject([
      { ServiceStatus: { RunningTasks: 3, DesiredTasks: 3, CompletedTasks: 0 } },
    ]);
    expect((await ask(`/v1.40${path}`)).body).not.toContain('ServiceStatus');
  });

  it("finds tasks by their service's labels", async () => {
    swarm.create('labelled', { replicas: 1, more: { Labels: { 'com.docker.stack.namespace': 'shop' } } });
    swarm.pass(1);
    const found = await ask(`/tasks?${filters({ label: ['com.docker.stack.namespace=shop'] })}`);
    expect(JSON.parse(found.body)).toHaveLength(1);
  });

  it('is talked to over a socket, too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'simulated-swarm-'));
    const socketPath = join(folder, 'docker.sock');
    await using other = await startSwarm({ listen: { socket: socketPath } });
    expect(other.dockerHost).toBe(`unix://${socketPath}`);
    const answer = await new Promise<string>((resolve, reject) => {
      request({ socketPath, path: '/_ping' }, (response) => resolve(text(response)))
        .on('error', reject)
        .end();
    });
    expect(answer).toBe('OK');
    await rm(folder, { recursive: true });
  });
});

describe('a spec', () => {
  const odd = `{"Name":"odd","Labels":{"__proto__":"x"},"TaskTemplate":{"ContainerSpec":{"Image":"registry.example/app:1",
    "StopGracePeriod":9223372036854775807,"NotYetInvented":{"a":[1]}},"Runtime":"container"},
    "Mode":{"Replicated":{"Replicas":0}},"Ahead":true}`;

  it('is kept whole, to the last digit, whatever is in it', async () => {
    await ask('/services/create', { method: 'POST', body: odd });
    const { body } = await ask('/services/odd');
    expect(body).toContain('"StopGracePeriod":9223372036854775807');
    expect(body).toContain('"NotYetInvented":{"a":[1]}');
    expect(body).toContain('"Ahead":true');
    expect(body).toContain('"__proto__":"x"');
  });

  it('is written by the first of two who saw the same', async () => {
    const { Version } = swarm.service('odd');
    const update = () => ask(`/services/odd/update?version=${Version}`, { method: 'POST', body: odd });
    expect((await update()).status).toBe(200);
    const second = await update();
    expect(second.status).toBe(500);
    expect(message(second)).toBe('rpc error: code = Unknown desc = update out of sequence');
  });
});

describe('events', () => {
  const seen = async (query: string) =>
    (await ask(`/events?${query}`)).body
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => Event.parse(JSON.parse(line)));
  const until = () => `until=${swarm.clock.now() / 1000}`;

  it('have the attributes that the managers give them', async () => {
    swarm.create('told', { replicas: 1 });
    swarm.pass(3);
    swarm.change('told', { replicas: 2, image: 'app:2' });
    swarm.pass(1);
    swarm.services.remove(swarm.service('told'));
    const told = await seen(`since=1&${until()}&${filters({ type: ['service'], service: ['told'] })}`);
    expect(told.map(({ Action }) => Action)).toEqual(['create', 'update', 'update', 'remove']);
    expect(told[1]?.Actor.Attributes).toEqual({
      name: 'told',
      'image.old': 'registry.example/app:1',
      'image.new': 'registry.example/app:2',
      'replicas.old': '1',
      'replicas.new': '2',
    });
    expect(told[2]?.Actor.Attributes).toEqual({ name: 'told', 'updatestate.new': 'updating' });
  });

  it('are remembered, the newest 256 of them', async () => {
    swarm.scenario('event-storm');
    swarm.pass(11);
    expect(await seen(`since=1&${until()}`)).toHaveLength(256);
  });

  it('go on as they happen until the time that is asked for', async () => {
    const following = seen(`until=${(swarm.clock.now() + 5000) / 1000}&${filters({ type: ['service'] })}`);
    await expect.poll(async () => (await ask('/info')).body).toContain('"NEventsListener":1');
    swarm.create('followed');
    swarm.pass(6);
    expect((await following).map(({ Action }) => Action)).toEqual(['create']);
    await expect.poll(async () => (await ask('/info')).body).toContain('"NEventsListener":0');
  });
});

describe('logs', () => {
  beforeAll(() => {
    swarm.create('noisy', { replicas: 1 });
    swarm.pass(10.5);
  });

  it('come in frames, with times and details when they are asked for', async () => {
    const { body } = await ask('/services/noisy/logs?stdout=1&tail=2&timestamps=1&details=1');
    const [task] = swarm.live('noisy');
    const details = `com.docker.swarm.node.id=${task?.NodeID},com.docker.swarm.service.id=${task?.ServiceID},com.docker.swarm.task.id=${task?.ID}`;
    const lines = body.split('\n').slice(0, -1);
    expect(lines).toHaveLength(2);
    // Its length is beyond ASCII, and fetch reads it as UTF-8.
    expect(lines[0]?.slice(0, 4)).toBe('\u0001\0\0\0');
    expect(lines[0]).toMatch(/2026-01-01T00:\d\d:\d\d\.\d{9}Z /);
    expect(lines[0]?.endsWith(` ${details} tick 10 version 1`)).toBe(true);
    expect(lines[1]?.endsWith('tick 11 version 1')).toBe(true);
  });

  it('are not given when no stream is asked for', async () => {
    expect(message(await ask('/services/noisy/logs'))).toBe(
      'Bad parameters: you must choose at least one stream',
    );
  });

  it('begin where they are asked to', async () => {
    const since = (swarm.clock.now() - 3000) / 1000;
    const { body } = await ask(`/services/noisy/logs?stdout=1&since=${since}`);
    expect(body.match(/tick \d+/g)).toEqual(['tick 9', 'tick 10', 'tick 11']);
  });

  it('of a node that is away are said to be missing, after those of the others', async () => {
    await using other = await steppedSwarm();
    other.create('spread');
    other.pass(3);
    other.stopNode('node3');
    const { body } = await ask('/services/spread/logs?stdout=1&tail=1', {}, other.dockerHost);
    const [, , lost] = other.live('spread');
    expect(body.match(/tick \d/g)).toHaveLength(2);
    expect(body).toMatch(
      new RegExp(`\u0003\0\0\0.*incomplete log stream.* reasons: node ${lost?.NodeID} is not available\n$`),
    );
  });

  it('of a terminal have no frames', async () => {
    swarm.create('terminal', { replicas: 1, container: { TTY: true } });
    swarm.pass(3);
    const { body, headers } = await ask('/services/terminal/logs?stdout=1&tail=1');
    expect(body).toMatch(/^tick \d version 1\n$/);
    expect(headers.get('content-type')).toBe('application/vnd.docker.raw-stream');
  });
});

describe('a manager', () => {
  let pair: SteppedSwarm;

  beforeAll(async () => {
    pair = await steppedSwarm({ nodes: 2 });
  });

  afterAll(() => pair[Symbol.asyncDispose]());

  async function setRole(name: string, Role: string): Promise<Given> {
    const node = [...pair.world.nodes.values()].find(({ Hostname }) => Hostname === name);
    const body = JSON.stringify({ Role, Availability: 'active' });
    return ask(`/nodes/${name}/update?version=${node?.Version}`, { method: 'POST', body }, pair.dockerHost);
  }

  it('is made of a worker a little later, and can be made a worker again', async () => {
    const worker = await pair.listen('node2');
    expect((await ask('/services', {}, worker)).status).toBe(503);
    expect((await setRole('node2', 'manager')).status).toBe(200);
    pair.pass(1);
    expect((await ask('/services', {}, worker)).status).toBe(200);
    expect((await setRole('node2', 'worker')).status).toBe(200);
    pair.pass(1);
    expect((await ask('/services', {}, worker)).status).toBe(503);
  });

  it('that is the last stays one', async () => {
    const refused = await setRole('node1', 'worker');
    expect(refused.status).toBe(400);
    expect(message(refused)).toMatch(/attempting to demote the last manager of the swarm$/);
  });
});
