import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { engineServer, failureOf, json, prod, service, shortLimits, socketServer } from './engine-server.ts';

const spec = { Name: 'web', TaskTemplate: {} };

describe('a deadline', () => {
  it('ends a read that nothing comes to, and names itself', async () => {
    await using server = await engineServer(() => {});
    await using cluster = prod(server.host, shortLimits);
    const failure = await failureOf(cluster.engine.services());
    expect(failure).toMatchObject({ kind: 'unavailable', reason: 'timed-out', uncertain: false });
    expect(failure.message).toContain(
      `The engine of prod (${server.host}) didn't answer GET /services within 0.3 s.`,
    );
  });

  it('ends a read whose body never ends', async () => {
    await using server = await engineServer(async (_request, response) => {
      response.write('[');
      while (!response.destroyed) {
        response.write(' ');
        await setTimeout(20);
      }
    });
    await using cluster = prod(server.host, shortLimits);
    expect(await failureOf(cluster.engine.tasks())).toMatchObject({ reason: 'timed-out' });
  });

  it('ends a call to something that accepts and says nothing', async () => {
    await using server = await socketServer(() => {});
    await using cluster = prod(server.host, shortLimits);
    expect(await failureOf(cluster.engine.info())).toMatchObject({ reason: 'timed-out' });
  });

  it('leaves open whether a write was done that no answer came to', async () => {
    await using server = await engineServer(() => {});
    await using cluster = prod(server.host, shortLimits);
    const failure = await failureOf(cluster.engine.updateService({ id: 'x', version: 1, spec }));
    expect(failure).toMatchObject({ reason: 'timed-out', uncertain: true });
    expect(failure.message).toContain('0.6 s');
  });

  it('knows that a write was not done which was never sent', async () => {
    await using server = await socketServer(() => {});
    await using cluster = prod(server.host, shortLimits);
    const failure = await failureOf(cluster.engine.updateService({ id: 'x', version: 1, spec }));
    expect(failure).toMatchObject({ reason: 'timed-out', uncertain: false });
  });
});

describe('an abort', () => {
  it('ends a call at once, and tells the engine by hanging up', async () => {
    const hungUp = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    await using server = await engineServer((_request, response) => {
      response.on('close', () => hungUp.resolve());
      asked.resolve();
    });
    await using cluster = prod(server.host);
    const leaver = new AbortController();
    const call = failureOf(cluster.engine.service('web', { signal: leaver.signal }));
    await asked.promise;
    leaver.abort();
    expect(await call).toMatchObject({ reason: 'aborted', uncertain: false });
    await hungUp.promise;
  });

  it('leaves open whether a write was done', async () => {
    const asked = Promise.withResolvers<void>();
    await using server = await engineServer(() => asked.resolve());
    await using cluster = prod(server.host);
    const leaver = new AbortController();
    const update = { id: 'x', version: 1, spec };
    const call = failureOf(cluster.engine.updateService(update, { signal: leaver.signal }));
    await asked.promise;
    leaver.abort();
    expect(await call).toMatchObject({ reason: 'aborted', uncertain: true });
  });

  it('sends nothing for an asker who has left already', async () => {
    await using server = await engineServer(json([]));
    await using cluster = prod(server.host);
    const signal = AbortSignal.abort();
    expect(await failureOf(cluster.engine.info({ signal }))).toMatchObject({ reason: 'aborted' });
    expect(await failureOf(cluster.engine.nodes({}, { signal }))).toMatchObject({ reason: 'aborted' });
    expect(server.received).toEqual([]);
  });
});

describe('the API version', () => {
  it('is the highest that both sides know', async () => {
    await using older = await engineServer(json(service('web')), () => '1.43');
    await using newer = await engineServer(json(service('web')), () => '1.99');
    for (const server of [older, newer]) {
      await using cluster = prod(server.host);
      await cluster.engine.service('web');
    }
    expect(older.received[0]?.url).toBe('/v1.43/services/web');
    expect(newer.received[0]?.url).toBe('/v1.51/services/web');
  });

  it('is agreed on anew when another engine answers', async () => {
    let version = '1.41';
    await using server = await engineServer(json(service('web')), () => version);
    await using cluster = prod(server.host);
    await cluster.engine.service('web');
    version = '1.51';
    await cluster.engine.service('web');
    await cluster.engine.service('web');
    expect(server.received.map(({ url }) => url.split('/')[1])).toEqual(['v1.41', 'v1.41', 'v1.51']);
  });

  it('is agreed on anew before every write, so that an upgraded engine strips nothing', async () => {
    let version = '1.41';
    await using server = await engineServer(
      (request, response) => json(request.method === 'POST' ? {} : service('web'))(request, response),
      () => version,
    );
    await using cluster = prod(server.host);
    await cluster.engine.service('web');
    version = '1.51';
    await cluster.engine.updateService({ id: 'x', version: 7, spec });
    expect(server.received.at(-1)?.url).toBe('/v1.51/services/x/update?version=7&registryAuthFrom=spec');
  });

  it('is agreed on anew when an older engine refuses the one that was spoken', async () => {
    let version = '1.51';
    await using server = await engineServer(
      async (request, response) => {
        const tooNew = { message: 'client version 1.51 is too new. Maximum supported API version is 1.41' };
        const fits = request.url?.startsWith(`/v${version}/`);
        await (fits ? json(service('web')) : json(tooNew, 400))(request, response);
      },
      () => version,
    );
    await using cluster = prod(server.host);
    await cluster.engine.service('web');
    version = '1.41';
    expect(await cluster.engine.service('web')).toMatchObject({ Spec: { Name: 'web' } });
  });

  it('of an engine that is too old is told', async () => {
    await using server = await engineServer(json({}), () => '1.40');
    await using cluster = prod(server.host);
    const failure = await failureOf(cluster.engine.info());
    expect(failure.message).toContain(
      'speaks Engine API 1.40, and Shipmate needs 1.41 (Docker 20.10) or newer',
    );
  });

  it('of an engine that is too new for Shipmate is told', async () => {
    const body =
      'client version 1.51 is too old. Minimum supported API version is 1.60, please upgrade your client';
    await using server = await engineServer((_request, response) => {
      response.writeHead(400).end(body);
    });
    await using cluster = prod(server.host);
    expect((await failureOf(cluster.engine.info())).message).toContain('Shipmate needs an upgrade');
  });
});

describe('a kept connection', () => {
  it('serves one call after the other', async () => {
    await using server = await engineServer(json([]));
    await using cluster = prod(server.host);
    for (let i = 0; i < 5; i += 1) await cluster.engine.nodes();
    expect(server.received).toHaveLength(5);
    expect(server.connections()).toBe(1);
  });

  it('that was closed for being idle costs a read nothing', async () => {
    let fatal = 0;
    await using server = await engineServer((request, response) => {
      if (fatal === 0) return json(service('web'))(request, response);
      fatal -= 1;
      request.socket.destroy();
    });
    await using cluster = prod(server.host);
    await cluster.engine.service('web');
    fatal = 1;
    expect(await cluster.engine.service('web')).toMatchObject({ Spec: { Name: 'web' } });
    fatal = 2;
    expect(await failureOf(cluster.engine.service('web'))).toMatchObject({ reason: 'unreachable' });
  });

  it('that never stood is not tried again', async () => {
    let connections = 0;
    await using server = await socketServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await using cluster = prod(server.host);
    expect(await failureOf(cluster.engine.info())).toMatchObject({ reason: 'unreachable' });
    expect(connections).toBe(1);
  });

  it('that broke under a write is not tried again, and leaves open whether it was done', async () => {
    await using server = await engineServer((request) => void request.socket.destroy());
    await using cluster = prod(server.host);
    const failure = await failureOf(cluster.engine.updateService({ id: 'x', version: 1, spec }));
    expect(failure).toMatchObject({ reason: 'unreachable', uncertain: true });
    expect(server.received).toHaveLength(1);
  });
});
