import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bot, startBot } from '../bot/start-bot.ts';
import { shown, whisper } from '../bot/shown.ts';
import { describeSwarm } from '../lab/describe-swarm.ts';
import { type SocketProxy, startSocketProxy, statusOf } from '../lab/socket-proxy.ts';

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
