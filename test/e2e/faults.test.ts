import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { sqlitePath } from '../../src/store/open-store.ts';
import { auditRows } from '../bot/audit-rows.ts';
import { shown, whisper } from '../bot/shown.ts';
import { startBot, transports } from '../bot/start-bot.ts';

const channel = 'C0DEPLOYS';
const alice = 'U0ALICE';
const config = `
clusters: { prod: { host: "unix:///nonexistent/docker.sock" } }
channels: { ${channel}: { cluster: prod } }
roles: { operator: { allow: ["*"] } }
grants: [{ role: operator, to: [S0SRE] }]
`;

describe.each(transports)('over %s', (transport) => {
  it(
    'runs a payload once that Slack delivers again after a kill and a restart',
    { timeout: 90_000 },
    async () => {
      await using bot = await startBot({ transport, config });
      const { workspace } = bot;
      const delivery = await workspace.as(alice).command(channel, '/swarm', 'help');
      await whisper(workspace, alice, channel, (text) => text.includes('service scale'));
      await bot.stop('SIGKILL');
      await bot.restart();
      if (delivery === null) throw new Error('nothing was delivered');
      await workspace.faults.redeliver(delivery, { attempt: 1, reason: 'timeout' });
      await bot.logged('delivered again; it is done once');
      expect(auditRows(bot.databaseUrl).map(({ operation }) => operation)).toEqual(['help']);
    },
  );

  it(
    'does nothing while its database is locked, says so, and serves again afterwards',
    { timeout: 90_000 },
    async () => {
      await using bot = await startBot({ transport, config });
      const { workspace } = bot;
      const other = new DatabaseSync(sqlitePath(bot.databaseUrl));
      other.exec('BEGIN IMMEDIATE');
      await workspace.as(alice).command(channel, '/swarm', 'help');
      const refusal = await whisper(workspace, alice, channel, (text) => text.includes('database'));
      expect(shown(refusal)).toContain('nothing was done');
      other.close();
      await workspace.as(alice).command(channel, '/swarm', 'help');
      await whisper(workspace, alice, channel, (text) => text.includes('service scale'));
      expect(auditRows(bot.databaseUrl).map(({ operation }) => operation)).toEqual(['help']);
    },
  );
});
