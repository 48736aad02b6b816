import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditRows } from '../bot/audit-rows.ts';
import { type EngineProxy, startEngineProxy } from '../bot/engine-proxy.ts';
import { measured } from '../bot/reliability-table.ts';
import { shown } from '../bot/shown.ts';
import { type Bot, startBot } from '../bot/start-bot.ts';
import { sqlitePath } from '../../src/store/open-store.ts';
import { describeSwarm } from '../lab/describe-swarm.ts';
import type { LabService } from '../lab/swarm-lab.ts';

const channel = 'C0DEPLOYS';
const alice = 'U0ALICE';

function config(dockerHost: string): string {
  return `
clusters: { prod: { host: "${dockerHost}" } }
channels: { ${channel}: { cluster: prod } }
roles: { operator: { allow: ["service.*"] } }
grants: [{ role: operator, to: [S0SRE] }]
`;
}

/** The moments of a change, in their order: each resolves when the bot is exactly there, and stays. */
const moments = ['received', 'audited', 'announced', 'sent', 'converging', 'reporting'] as const;
type Moment = (typeof moments)[number];

interface PassingFault {
  readonly fault: string;
  readonly at: readonly Moment[];
  readonly begin: () => void;
  readonly end: () => void;
  /** Milliseconds. */
  readonly lasts: number;
}

describeSwarm('a fault', (lab) => {
  let proxy: EngineProxy;
  let service: LabService;
  let bot: Bot;

  beforeEach(async () => {
    proxy = await startEngineProxy(lab.proxySocket);
    service = await lab.createService('--replicas', '2', lab.image('1'));
    await running();
    bot = await startBot({ transport: 'socket', config: config(proxy.dockerHost) });
  });
  afterEach(async () => {
    await bot?.[Symbol.asyncDispose]();
    await service?.[Symbol.asyncDispose]();
    await proxy?.[Symbol.asyncDispose]();
  });

  async function running(): Promise<void> {
    const replicas = () =>
      lab.docker('service', 'ls', '--filter', `id=${service.id}`, '--format', '{{.Replicas}}');
    await expect.poll(replicas, { timeout: 60_000 }).toBe('2/2');
  }

  const outcomes = () =>
    auditRows(bot.databaseUrl)
      .filter(({ operation }) => operation !== 'audit')
      .map(({ outcome }) => outcome ?? 'open');

  async function audited(outcome: string): Promise<void> {
    await expect.poll(outcomes, { timeout: 60_000 }).toEqual([outcome]);
  }

  /** Asks for a third replica, and holds the bot where the moment is. */
  async function bringTo(moment: Moment): Promise<void> {
    const { workspace } = bot;
    const ask = () => workspace.as(alice).command(channel, '/swarm', `scale ${service.name}=3`);
    switch (moment) {
      case 'received': {
        const held = proxy.hold('read', 'before');
        await ask();
        return held;
      }
      case 'audited':
        workspace.faults.fail('chat.postMessage', { status: 503 });
        await ask();
        return audited('open');
      case 'announced': {
        const held = proxy.hold('update', 'before');
        await ask();
        return held;
      }
      case 'sent': {
        const held = proxy.hold('update', 'after');
        await ask();
        return held;
      }
      case 'converging':
        await ask();
        await workspace.waitFor(() => (messages()[0]?.edits ?? 0) > 0, 40_000);
        return proxy.hold('follow', 'before');
      case 'reporting':
        workspace.faults.fail('chat.update', { status: 503 });
        await ask();
        return audited('done');
    }
  }

  const messages = () => bot.workspace.messages(channel).filter(({ author }) => author !== alice);

  /** What a channel's message says of the change, in a word or two. */
  function told(): string {
    const [message, ...others] = messages();
    if (message === undefined) return 'nothing';
    if (others.length > 0) return `${others.length + 1} messages`;
    const text = shown(message);
    if (/scaled from 2 to 3/.test(text)) return 'done';
    const restarted = /restarted meanwhile\.\s*(\w+)/.exec(text)?.[1];
    if (restarted !== undefined) {
      return `“${restarted}”${/Now:[\s\S]* of \d running/.test(text) ? ' and how it is now' : ''}`;
    }
    if (/Nothing was changed/.test(text)) return '“refused”';
    if (/stopped while it followed/.test(text)) return 'stopped';
    return 'in progress';
  }

  async function seen(): Promise<string> {
    const wanted = await lab.docker(
      'service',
      'inspect',
      '--format',
      '{{.Spec.Mode.Replicated.Replicas}}',
      service.id,
    );
    return [
      `audit ${outcomes().join(' and ') || 'empty'}`,
      `message ${told()}`,
      `sent ${proxy.updates === 1 ? 'once' : proxy.updates === 0 ? 'never' : `${proxy.updates} times`}`,
      `Swarm wants ${wanted}`,
    ].join('; ');
  }

  describe.each([
    { signal: 'SIGKILL', at: moments },
    { signal: 'SIGTERM', at: moments.slice(0, 4) },
  ] as const)('$signal', ({ signal, at }) => {
    it.for(at)('at: %s', async (moment) => {
      await bringTo(moment);
      const end = await bot.stop(signal);
      expect(end).toBe(signal === 'SIGTERM' ? 0 : signal);
      bot.workspace.faults.clear();
      proxy.release();
      await bot.restart();
      await expect.poll(seen, { timeout: 40_000, interval: 250 }).toBe(measured(signal, moment));
    });
  });

  let database: DatabaseSync | undefined;
  /** What goes wrong for some seconds while the bot's process goes on. */
  const passing: readonly PassingFault[] = [
    {
      fault: 'Slack 500 for 60 s',
      at: ['announced'],
      begin: () => bot.workspace.faults.fail('*', { status: 500 }),
      end: () => bot.workspace.faults.clear(),
      lasts: 60_000,
    },
    {
      fault: 'database locked for 20 s',
      at: ['received', 'audited', 'announced'],
      begin() {
        database = new DatabaseSync(sqlitePath(bot.databaseUrl));
        database.exec('BEGIN IMMEDIATE');
      },
      end: () => database?.close(),
      lasts: 20_000,
    },
  ];

  describe.each(passing)('$fault', ({ fault, at, begin, end, lasts }) => {
    it.for(at)('at: %s', { timeout: 240_000 }, async (moment) => {
      await bringTo(moment);
      bot.workspace.faults.clear();
      begin();
      proxy.release();
      // How long the fault lasts is a part of what is measured.
      await delay(lasts);
      end();
      await expect.poll(seen, { timeout: 120_000, interval: 500 }).toBe(measured(fault, moment));
    });
  });
});
