import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startBot } from '../bot/start-bot.ts';

const config = `
clusters: { prod: { host: "unix:///nonexistent/docker.sock" } }
channels: { C0DEPLOYS: { cluster: prod } }
audit: { channel: C0DEPLOYS }
`;

describe('while Slack can’t be reached', () => {
  it('a start waits for it, and a stop ends that at once', { timeout: 60_000 }, async () => {
    await using bot = await startBot({ transport: 'socket', config });
    expect(await bot.stop('SIGTERM')).toBe(0);
    bot.workspace.faults.fail('auth.test', { status: 500 });
    await bot.restart('Slack does not say who the bot is');
    expect(await bot.stop('SIGTERM')).toBe(0);
  });

  it('a start that can’t open its connection ends with a stop as well', { timeout: 60_000 }, async () => {
    await using bot = await startBot({ transport: 'socket', config });
    expect(await bot.stop('SIGTERM')).toBe(0);
    bot.workspace.faults.fail('apps.connections.open', { status: 500 });
    await bot.restart('no connection to Slack');
    expect(await bot.stop('SIGTERM')).toBe(0);
  });

  it(
    'a configuration with mistakes is told late, but a right one and a stop don’t wait for that',
    { timeout: 60_000 },
    async () => {
      await using bot = await startBot({ transport: 'socket', config });
      const file = join(bot.dir, 'shipmate.yml');
      bot.workspace.faults.fail('chat.postMessage', { status: 500 });
      await writeFile(file, 'channels: 7');
      await bot.logged('the configuration changed and has mistakes');
      await writeFile(file, config);
      await bot.logged('the configuration changed and is in effect');
      const from = performance.now();
      expect(await bot.stop('SIGTERM')).toBe(0);
      // It waits 10 s for what Slack doesn't take.
      expect(performance.now() - from).toBeLessThan(18_000);
    },
  );

  it('a second signal, whichever it is, ends a stop that takes long', { timeout: 60_000 }, async () => {
    await using bot = await startBot({ transport: 'socket', config });
    bot.workspace.faults.fail('chat.postMessage', { status: 500 });
    await writeFile(join(bot.dir, 'shipmate.yml'), 'channels: 7');
    await bot.workspace.waitFor(() =>
      bot.workspace.calls.some(({ method }) => method === 'chat.postMessage'),
    );
    process.kill(bot.pid, 'SIGINT');
    await bot.logged('"msg":"stopping"');
    expect(await bot.stop('SIGTERM')).toBe(1);
  });
});
