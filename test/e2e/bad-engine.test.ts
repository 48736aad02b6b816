import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bot, startBot } from '../bot/start-bot.ts';
import { shown, whisper } from '../bot/shown.ts';

const channel = 'C0DEPLOYS';
const alice = 'U0ALICE';

/** Engines that go wrong, each in its own way. */
const engines: Readonly<Record<string, RequestListener>> = {
  hangs: () => {
    // Takes the request, and never answers.
  },
  rubbish: (_request, response) => {
    response.setHeader('Api-Version', '1.41').end('<html>502 Bad Gateway</html>');
  },
  'wrong-shape': (_request, response) => {
    response.setHeader('Api-Version', '1.41').setHeader('Content-Type', 'application/json').end('[{"ID":7}]');
  },
  'cut-off': (request, response) => {
    response.writeHead(200, { 'Api-Version': '1.41', 'Content-Length': '1000' });
    response.write('[{"ID":');
    setImmediate(() => request.socket.destroy());
  },
  worker: (request, response) => {
    response.setHeader('Api-Version', '1.41').setHeader('Content-Type', 'application/json');
    response.statusCode = request.url === '/_ping' ? 200 : 503;
    response.end(
      JSON.stringify({
        message:
          'This node is not a swarm manager. Worker nodes can’t be used to view or modify cluster state.',
      }),
    );
  },
  ancient: (_request, response) => {
    response.setHeader('Api-Version', '1.24').end('OK');
  },
};

describe('an engine that goes wrong', () => {
  const servers = Object.entries(engines).map(([name, answer]) => ({ name, server: createServer(answer) }));
  let bot: Bot;

  beforeAll(async () => {
    const clusters: string[] = ['absent: { host: "unix:///nonexistent/docker.sock" }'];
    for (const { name, server } of servers) {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      clusters.push(`${name}: { host: "tcp://127.0.0.1:${address.port}" }`);
    }
    bot = await startBot({
      transport: 'socket',
      config: `
clusters: { ${clusters.join(', ')} }
channels: { ${channel}: { cluster: absent } }
roles: { operator: { allow: ["*"] } }
grants: [{ role: operator, to: [S0SRE] }]
`,
    });
  });
  afterAll(async () => {
    await bot?.[Symbol.asyncDispose]();
    for (const { server } of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  const expected: Readonly<Record<string, RegExp>> = {
    absent: /nonexistent/,
    hangs: /within 10 s/,
    rubbish: /JSON/,
    'wrong-shape': /ID/,
    'cut-off': /cut|broke|closed|lost/i,
    worker: /manager/,
    ancient: /1\.24/,
  };

  it.each(Object.keys(expected))('is told to the asker in a sentence: %s', async (cluster) => {
    const sentence = expected[cluster] ?? /^$/;
    await bot.workspace.as(alice).command(channel, '/swarm', `-c ${cluster} service ls`);
    const answer = await whisper(bot.workspace, alice, channel, (text) => sentence.test(text), 15_000);
    expect(shown(answer)).not.toContain('Something went wrong inside Shipmate');
    expect(shown(answer)).not.toMatch(/\bat .*\.ts:\d+/);
  });

  it.each(Object.keys(expected))('refuses a scale, and nothing is announced: %s', async (cluster) => {
    const before = bot.workspace.ephemerals(alice, channel).length;
    await bot.workspace.as(alice).command(channel, '/swarm', `-c ${cluster} scale web=3`);
    await bot.workspace.waitFor(() => bot.workspace.ephemerals(alice, channel).length > before, 15_000);
    expect(bot.workspace.messages(channel)).toEqual([]);
  });

  it('doesn’t keep others from being answered', async () => {
    await bot.workspace.as(alice).command(channel, '/swarm', '-c hangs service ls');
    await bot.workspace.as(alice).command(channel, '/swarm', 'can-i -c ancient nodes');
    const answered = await whisper(bot.workspace, alice, channel, (text) => text.includes('Yes'), 5_000);
    expect(answered.visibleTo).toBe(alice);
  });
});
