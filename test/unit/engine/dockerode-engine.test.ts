import { describe, expect, it } from 'vitest';
import type { ServiceSpec } from '../../../src/swarm/service.ts';
import { engineServer, failureOf, json, prod, service } from './engine-server.ts';

const spec: ServiceSpec = {
  Name: 'web',
  TaskTemplate: { ContainerSpec: { Image: 'app:1', Env: ['PASSWORD=hunter2'] } },
};

describe('lists', () => {
  it("take an engine's null for an empty list", async () => {
    await using server = await engineServer(json(null));
    await using cluster = prod(server.host);
    expect(await cluster.engine.services()).toEqual([]);
    expect(await cluster.engine.tasks()).toEqual([]);
    expect(await cluster.engine.nodes()).toEqual([]);
  });

  it('ask with filters, and for the status of services', async () => {
    await using server = await engineServer(json([]));
    await using cluster = prod(server.host);
    await cluster.engine.services({ label: ['tier=front&back'] });
    await cluster.engine.tasks({ 'desired-state': ['running'] });
    await cluster.engine.nodes({ role: ['manager'] });
    expect(server.received.map(({ url }) => decodeURIComponent(url))).toEqual([
      '/v1.51/services?status=true&filters={"label":["tier=front&back"]}',
      '/v1.51/tasks?filters={"desired-state":["running"]}',
      '/v1.51/nodes?filters={"role":["manager"]}',
    ]);
  });

  it('are asked for once by those who want the same at the same time', async () => {
    await using server = await engineServer(json([service('web')]));
    await using cluster = prod(server.host);
    const { engine } = cluster;
    const lists = [
      engine.services(),
      engine.services({}),
      engine.services({ name: ['web'] }),
      engine.services(),
    ];
    for (const list of await Promise.all(lists)) expect(list).toMatchObject([{ Spec: { Name: 'web' } }]);
    expect(server.received).toHaveLength(2);
  });

  it('show a write to those who ask after it, even while an older list is under way', async () => {
    const held = Promise.withResolvers<void>();
    const listed = Promise.withResolvers<void>();
    let name = 'before';
    await using server = await engineServer(async (request, response) => {
      if (request.method === 'POST') {
        name = 'after';
        return json({ Warnings: ['mind the gap'] })(request, response);
      }
      const answer = json([service(name)]);
      if (name === 'before') {
        listed.resolve();
        await held.promise;
      }
      return answer(request, response);
    });
    await using cluster = prod(server.host);
    const early = cluster.engine.services();
    await listed.promise;
    expect(await cluster.engine.updateService({ id: 'x', version: 7, spec })).toEqual(['mind the gap']);
    const late = cluster.engine.services();
    expect(await late).toMatchObject([{ Spec: { Name: 'after' } }]);
    held.resolve();
    expect(await early).toMatchObject([{ Spec: { Name: 'before' } }]);
  });
});

describe('references', () => {
  it('reach the engine as they are', async () => {
    await using server = await engineServer(json(service('web')));
    await using cluster = prod(server.host);
    for (const reference of ['a b?c#d', '🚢', 'x'.repeat(10_000), '\ud800']) {
      await cluster.engine.service(reference);
    }
    expect(
      server.received.map(({ url }) => decodeURIComponent(url.slice('/v1.51/services/'.length))),
    ).toEqual(['a b?c#d', '🚢', 'x'.repeat(10_000), '\ufffd']);
  });

  it.each(['', '.', '..', '../info', 'a/b'])(
    'that no path can carry ("%s") are not found',
    async (reference) => {
      await using server = await engineServer(json({}));
      await using cluster = prod(server.host);
      expect(await failureOf(cluster.engine.service(reference))).toMatchObject({ reason: 'not-found' });
      expect(await failureOf(cluster.engine.node(reference))).toMatchObject({ reason: 'not-found' });
      expect(server.received).toEqual([]);
    },
  );

  it('to self ask the engine who it is', async () => {
    const node = {
      ID: 'n1',
      Version: { Index: 1 },
      Spec: { Role: 'manager', Availability: 'active' },
      Description: {},
      Status: { State: 'ready' },
    };
    let info: object = { Swarm: { NodeID: 'n1' } };
    await using server = await engineServer((request, response) =>
      json(request.url?.endsWith('/info') ? info : node)(request, response),
    );
    await using cluster = prod(server.host);
    expect(await cluster.engine.node('self')).toMatchObject({ ID: 'n1' });
    expect(server.received.at(-1)?.url).toBe('/v1.51/nodes/n1');
    info = { Swarm: { NodeID: '' } };
    expect(await failureOf(cluster.engine.node('self'))).toMatchObject({ reason: 'not-a-manager' });
  });
});

describe('updateService', () => {
  it('sends the spec in the body alone', async () => {
    await using server = await engineServer(json({ Warnings: null }));
    await using cluster = prod(server.host);
    expect(await cluster.engine.updateService({ id: 'x', version: 42, spec })).toEqual([]);
    const [request] = server.received;
    expect(request).toMatchObject({
      method: 'POST',
      url: '/v1.51/services/x/update?version=42&registryAuthFrom=spec',
    });
    expect(JSON.parse(request?.body ?? '')).toEqual(spec);
  });

  it('masks the values of the environment where the engine quotes them', async () => {
    await using server = await engineServer(json({ message: 'bad env PASSWORD=hunter2' }, 400));
    await using cluster = prod(server.host);
    const failure = await failureOf(cluster.engine.updateService({ id: 'x', version: 1, spec }));
    expect(failure.message).toContain('"bad env PASSWORD=••••"');
  });

  it('writes integers beyond 2^53, and fields that nobody knows, as they were read', async () => {
    const text =
      '{"Name":"web","Labels":{"__proto__":"odd"},"Novelty":[9007199254740993],' +
      '"TaskTemplate":{"Resources":{"Limits":{"MemoryBytes":9223372036854775807}}},"Mode":{"Replicated":{"Replicas":1}}}';
    await using server = await engineServer((_request, response) => {
      response.end(`{"ID":"x","Version":{"Index":7},"Spec":${text}}`);
    });
    await using cluster = prod(server.host);
    const { Spec } = await cluster.engine.service('web');
    const changed = { ...Spec, Mode: { Replicated: { Replicas: 2 } } };
    await cluster.engine.updateService({ id: 'x', version: 7, spec: changed });
    expect(server.received.at(-1)?.body).toBe(text.replace('"Replicas":1', '"Replicas":2'));

    const late = cluster.engine.updateService({ id: 'x', version: 6, spec: changed });
    expect(await failureOf(late)).toMatchObject({ reason: 'out-of-sequence', uncertain: false });
    expect(server.received.at(-1)?.method).toBe('GET');
  });
});

describe('updateNode', () => {
  const node = { Role: 'worker', Availability: 'drain', Labels: { zone: 'a' }, Novelty: { kept: [1] } };

  it('sends the whole spec in the body alone', async () => {
    await using server = await engineServer((_request, response) => void response.end());
    await using cluster = prod(server.host);
    await cluster.engine.updateNode({ id: 'n1', version: 42, spec: node });
    const [request] = server.received;
    expect(request).toMatchObject({ method: 'POST', url: '/v1.51/nodes/n1/update?version=42' });
    expect(JSON.parse(request?.body ?? '')).toEqual(node);
  });

  it('tells a race that was lost, and a node that is not there', async () => {
    let message = 'rpc error: code = Unknown desc = update out of sequence';
    let status = 500;
    await using server = await engineServer((request, response) =>
      json({ message }, status)(request, response),
    );
    await using cluster = prod(server.host);
    const update = () => failureOf(cluster.engine.updateNode({ id: 'n1', version: 1, spec: node }));
    expect(await update()).toMatchObject({ reason: 'out-of-sequence', uncertain: false });
    message = 'node n1 not found';
    status = 404;
    expect(await update()).toMatchObject({ message: 'There is no node "n1" in prod.' });
  });
});
