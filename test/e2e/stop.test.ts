import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Bot, startBot } from '../bot/start-bot.ts';

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
    await keepBusy(bot);
    process.kill(bot.pid, 'SIGINT');
    await bot.logged('"msg":"stopping"');
    // One that comes soon counts as the same, so it is sent until it is heard.
    const pressing = setInterval(() => void bot.stop('SIGTERM'), 300);
    expect(await bot.stop('SIGTERM')).toBe(1);
    clearInterval(pressing);
    expect(bot.output.at(-1)).toContain('stopped at once');
  });

  it('a Ctrl-C that arrives twice is one, and lets it end well', { timeout: 60_000 }, async () => {
    await using bot = await startBot({ transport: 'socket', config });
    process.kill(bot.pid, 'SIGINT');
    expect(await bot.stop('SIGTERM')).toBe(0);
    expect(bot.output.at(-1)).toContain('"msg":"stopped"');
  });
});

describe('a second bot on one database', () => {
  it('is refused with a sentence, until the first is killed', { timeout: 60_000 }, async () => {
    await using first = await startBot({ transport: 'socket', config });
    const env = { DATABASE_URL: first.databaseUrl };
    await expect(startBot({ transport: 'socket', config, env })).rejects.toThrow(
      /ended with 1 .*\nThe database \S+ is in use by another Shipmate\. Stop that one first, or [^\n]+$/,
    );
    await first.stop('SIGKILL');
    await using second = await startBot({ transport: 'socket', config, env });
    expect(await second.stop('SIGTERM')).toBe(0);
  });
});

/** Gives it something to say that Slack doesn't take: a stop waits for that. */
async function keepBusy({ workspace, dir }: Bot): Promise<void> {
  workspace.faults.fail('chat.postMessage', { status: 500 });
  await writeFile(join(dir, 'shipmate.yml'), 'channels: 7');
  await workspace.waitFor(() => workspace.calls.some(({ method }) => method === 'chat.postMessage'));
}
