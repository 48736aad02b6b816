import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEngines } from '../../src/engine/connect-engines.ts';
import { type Bot, startBot } from '../bot/start-bot.ts';
import { shown, whisper } from '../bot/shown.ts';
import { describeSwarm } from '../lab/describe-swarm.ts';
import { type SocketProxy, startSocketProxy, statusOf } from '../lab/socket-proxy.ts';

/** An engine whose logs have begun and say nothing. `asked` is the answer to the first that asks for one. */
async function silentEngine() {
  const dir = await mkdtemp(join(tmpdir(), 'shipmate-silent-'));
  const { promise: asked, resolve } = Promise.withResolvers<ServerResponse>();
  const server = createServer((request, answer) => {
    answer.setHeader('Api-Version', '1.41');
    if (request.url?.includes('/logs') !== true) return void answer.end('OK');
    answer.flushHeaders();
    resolve(answer);
  });
  const socket = join(dir, 'docker.sock');
  server.listen(socket);
  await once(server, 'listening');
  return {
    socket,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await rm(dir, { recursive: true });
    },
  };
}

const channel = 'C0DEPLOYS';
const alice = 'U0ALICE';

describeSwarm('the socket proxy', (lab) => {
  let proxy: SocketProxy;

  beforeAll(async () => {
    proxy = await startSocketProxy(lab.socket(1));
  });
  afterAll(async () => {
    await proxy?.[Symbol.asyncDispose]();
  });

  it.each([
    ['GET', '/v1.41/secrets'],
    ['GET', '/v1.41/configs'],
    ['GET', '/v1.41/swarm'],
    ['GET', '/v1.41/swarm/unlockkey'],
    ['GET', '/v1.41/containers/json'],
    ['POST', '/v1.41/containers/create'],
    ['POST', '/v1.41/services/create'],
    ['DELETE', '/v1.41/services/web'],
    ['DELETE', '/v1.41/nodes/node3?force=true'],
    ['POST', '/v1.41/swarm/leave?force=true'],
    ['POST', '/v1.41/images/create?fromImage=evil'],
    ['POST', '/v1.41/build'],
    ['GET', '//containers/json'],
    ['GET', '/services/../containers/json'],
    ['GET', '/distribution/a/..%2f..%2fcontainers/json'],
    ['GET', '/distribution/a/%2e%2e/%2e%2e/containers/json'],
    ['GET', '/V1.41/services'],
    ['PUT', '/v1.41/services/web/update'],
    ['POST', '/v1.41/services/web/update/more'],
  ])('refuses %s %s', async (method, path) => {
    const before = proxy.log().length;
    expect([403, 404]).toContain(await statusOf(proxy.socket, method, path));
    await expect.poll(() => proxy.log().slice(before)).toContain(method);
  });

  it('lets through what Shipmate asks, in any version of the API', async () => {
    for (const path of ['/_ping', '/v1.41/version', '/v1.41/info', '/services', '/v1.41/nodes/node2']) {
      expect(await statusOf(proxy.socket, 'GET', path)).toBe(200);
    }
  });

  it('lets through a filter that names 1,500 services', async () => {
    await using engines = connectEngines({ prod: { host: proxy.dockerHost } }, {});
    const ids = Array.from({ length: 1500 }, (_, number) => String(number).padStart(25, '0'));
    expect(await engines.get('prod').services({ id: ids })).toEqual([]);
  });

  describe('with less patience than is shipped', () => {
    it('gives up a call in that time, and a log that is followed it does not', async () => {
      await using impatient = await startSocketProxy(lab.socket(1), '1s');
      await using engines = connectEngines({ prod: { host: impatient.dockerHost } }, {});
      const engine = engines.get('prod');
      const silent = 'echo before; sleep 4; echo after; exec sleep 1000';
      await using service = await lab.createService('--no-healthcheck', lab.image('1'), 'sh', '-c', silent);
      const followed = { of: 'service', id: service.id, tail: 'all', follow: true, within: 60_000 } as const;
      const texts: string[] = [];
      for await (const entry of engine.logs(followed)) {
        texts.push(entry.text);
        if (entry.text === 'after') break;
      }
      expect(texts).toEqual(['before', 'after']);
      const nobody = `${lab.net}.250:5000/app:1`;
      await expect(engine.imageDigest(nobody)).rejects.toMatchObject({ reason: 'timed-out' });
    });
  });

  it('ends at the engine what Shipmate has given up', async () => {
    await using engine = await silentEngine();
    await using before = await startSocketProxy(engine.socket);
    await using engines = connectEngines({ prod: { host: before.dockerHost } }, {});
    const giveUp = new AbortController();
    const { signal } = giveUp;
    const followed = { of: 'service', id: 'web', tail: 1, follow: true, within: 60_000 } as const;
    const first = engines.get('prod').logs(followed, { signal })[Symbol.asyncIterator]().next();
    const answer = await engine.asked;
    giveUp.abort();
    await expect(first).rejects.toMatchObject({ reason: 'aborted' });
    await once(answer, 'close', { signal: AbortSignal.timeout(10_000) });
  });

  describe('with the bot behind it', () => {
    let bot: Bot;

    beforeAll(async () => {
      const config = `
clusters: { prod: { host: "${proxy.dockerHost}" } }
channels: { ${channel}: { cluster: prod } }
roles: { all: { allow: ["*"] } }
grants: [{ role: all, to: [${alice}] }]
`;
      bot = await startBot({ transport: 'socket', config });
    });
    afterAll(async () => {
      await bot?.[Symbol.asyncDispose]();
    });

    it('shows and scales a service, and is refused nothing', async () => {
      await using service = await lab.createService('--replicas', '1', lab.image('1'));
      const before = proxy.log();
      await bot.workspace.as(alice).command(channel, '/swarm', `scale ${service.name}=2`);
      await bot.workspace.waitFor(
        () => bot.workspace.messages(channel).find((told) => shown(told).includes('scaled from 1 to 2')),
        60_000,
      );
      await bot.workspace.as(alice).command(channel, '/swarm', `ps ${service.name}`);
      await whisper(bot.workspace, alice, channel, (text) => text.includes(`${service.name}.2`));
      expect(proxy.log()).toBe(before);
    });
  });
});
