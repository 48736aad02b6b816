import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engineServer, failureOf, json, prod, service, shortLimits, socketServer } from './engine-server.ts';

describe('an engine that is not there', () => {
  it('refuses connections', async () => {
    const port = await freePort();
    await using cluster = prod(`tcp://127.0.0.1:${port}`);
    const failure = await failureOf(cluster.engine.info());
    expect(failure).toMatchObject({ kind: 'unavailable', reason: 'unreachable', uncertain: false });
    expect(failure.message).toBe(
      `The engine of prod (tcp://127.0.0.1:${port}) refuses connections: is dockerd running there, and does it listen at that address?`,
    );
  });

  it('has no socket, or a file in its place', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'shipmate-engine-'));
    await writeFile(join(folder, 'file'), '');
    for (const [file, hint] of [
      ['none', 'is the socket mounted'],
      ['file', /refuses connections|no socket/],
    ] as const) {
      await using cluster = prod(`unix://${join(folder, file)}`);
      const failure = await failureOf(cluster.engine.info());
      expect(failure).toMatchObject({ kind: 'unavailable', reason: 'unreachable' });
      expect(failure.message).toMatch(hint);
    }
    await rm(folder, { recursive: true });
  });

  it('has a name that nobody knows', async () => {
    await using cluster = prod('tcp://manager.invalid:2375');
    expect((await failureOf(cluster.engine.info())).message).toContain("its name can't be resolved");
  });
});

describe('an engine that answers rubbish', () => {
  it.each([
    ['not HTTP', 'hello\r\n\r\n', "isn't HTTP"],
    ['nothing', '', 'hung up'],
    ['half a head', 'HTTP/1.1 200 OK\r\nContent-', 'hung up'],
    ['no Docker engine', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK', 'not as a Docker engine does'],
    [
      'an upgrade',
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n',
      'hung up',
    ],
    ['a cut body', 'HTTP/1.1 200 OK\r\nApi-Version: 1.51\r\nContent-Length: 99\r\n\r\nOK', 'hung up'],
    ['a cut chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nOK', 'hung up'],
    ['no chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nOK', 'hung up'],
    [
      'a wish for TLS',
      'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.',
      'wants TLS',
    ],
  ])('is told to have answered with %s', async (_what, bytes, sentence) => {
    await using server = await socketServer((socket) => {
      socket.once('data', () => socket.end(bytes));
    });
    await using cluster = prod(server.host);
    const failure = await failureOf(cluster.engine.info());
    expect(failure.kind).toBe('unavailable');
    expect(failure.message).toContain(sentence);
  });

  it.each([
    ['no JSON', '<html>Bad Gateway</html>', "with 24 bytes that aren't JSON"],
    ['nothing', '', "with 0 bytes that aren't JSON"],
    ['no list', '{}', 'with something else than a list'],
    ['a service without a spec', '[{"ID":"a","Version":{"Index":1}}]', '0.Spec'],
    [
      'a number for a name',
      JSON.stringify([service('web', { ID: 5 })]),
      '0.ID: Invalid input: expected string',
    ],
  ])('is told to have given %s', async (_what, body, sentence) => {
    await using server = await engineServer((_request, response) => void response.end(body));
    await using cluster = prod(server.host);
    const failure = await failureOf(cluster.engine.services());
    expect(failure).toMatchObject({ kind: 'unavailable', reason: 'garbled' });
    expect(failure.message).toContain(sentence);
  });

  it('shows no value in what it says', async () => {
    const body = [service('web', { UpdateStatus: 'PASSWORD=hunter2' })];
    await using server = await engineServer(json(body));
    await using cluster = prod(server.host);
    expect((await failureOf(cluster.engine.services())).message).not.toContain('hunter2');
  });

  it('is not read beyond a bound', async () => {
    const written = Promise.withResolvers<void>();
    await using server = await engineServer((_request, response) => {
      response.on('close', () => written.resolve());
      const more = () => {
        while (response.write(' '.repeat(10_000)));
      };
      response.on('drain', more);
      more();
    });
    await using cluster = prod(server.host, { ...shortLimits, readTimeout: 10_000 });
    expect((await failureOf(cluster.engine.tasks())).message).toContain('more than 100000 bytes');
    await written.promise;
  });

  it.each(['http://127.0.0.1:1/', 'ftp://elsewhere/', 'mailto:x', '/v1.51/info', '::'])(
    'is not followed to %s',
    async (location) => {
      await using server = await engineServer((_request, response) => {
        response.writeHead(301, { Location: location }).end();
      });
      await using cluster = prod(server.host);
      const failure = await failureOf(cluster.engine.services());
      expect(failure.message).toContain('a redirect (HTTP 301)');
      expect(server.received).toHaveLength(1);
    },
  );
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
