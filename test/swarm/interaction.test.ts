import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../src/sandbox/slack/workspace.ts';
import { shown } from '../bot/shown.ts';
import { type Bot, startBot, transports } from '../bot/start-bot.ts';
import { describeSwarmOn } from '../lab/describe-swarm.ts';
import type { LabService } from '../lab/swarm-lab.ts';

const channel = 'C0DEPLOYS';
const alerts = 'C0STAGING';
const alice = 'U0ALICE';

/** What somebody waited for, in milliseconds. */
interface Wait {
  readonly acknowledged: number;
  readonly answered: number;
}

/** Slack gives up on an app after as long; without a fault it is a fraction of a second. */
const atOnce = 3_000;

describeSwarmOn('28', 'interaction', (lab) => {
  describe.each(transports)('over %s', (transport) => {
    let bot: Bot;
    let service: LabService;

    beforeAll(async () => {
      service = await lab.createService('--replicas', '1', lab.image('1'));
      const config = `
clusters: { prod: { host: "${lab.dockerHost}" } }
channels: { ${channel}: { cluster: prod } }
audit: { channel: ${alerts} }
roles: { operator: { allow: ["service.*"] } }
grants: [{ role: operator, to: [S0SRE] }]
`;
      bot = await startBot({ transport, config });
    });
    afterAll(async () => {
      await bot?.[Symbol.asyncDispose]();
      await service?.[Symbol.asyncDispose]();
    });

    const whispers = () => bot.workspace.ephemerals(alice, channel);
    const limited = (method: string) =>
      bot.workspace.calls.some((call) => call.method === method && call.status === 429);

    async function timed(act: () => Promise<unknown>, answer: () => Message | undefined): Promise<Wait> {
      const began = performance.now();
      await act();
      const acknowledged = performance.now() - began;
      await bot.workspace.waitFor(answer, 20_000);
      return { acknowledged, answered: performance.now() - began };
    }

    /** A command, and a click on a button of its answer, several times. */
    async function waits(): Promise<readonly Wait[]> {
      const all: Wait[] = [];
      for (let round = 0; round < 5; round += 1) {
        const before = whispers().length;
        const answer = () => whispers()[before];
        const asked = () => bot.workspace.as(alice).command(channel, '/swarm', 'ls');
        all.push(await timed(asked, answer));
        const message = answer();
        if (message === undefined) throw new Error('no answer');
        const pressed = () => bot.workspace.as(alice).click(message, 'Refresh');
        const refreshed = () => whispers().find(({ ts, edits }) => ts === message.ts && edits > 0);
        all.push(await timed(pressed, refreshed));
      }
      return all;
    }

    it('does not wait behind messages that Slack does not take, and none of these is lost', async () => {
      const { workspace } = bot;
      await workspace.as(alice).command(channel, '/swarm', `scale ${service.name}=2`);
      const told = await workspace.waitFor(
        () => workspace.messages(channel).find(({ author }) => author === workspace.bot.user),
        20_000,
      );
      workspace.faults.rateLimit('chat.postMessage', { retryAfter: 10 });
      workspace.faults.rateLimit('chat.update', { retryAfter: 10 });
      await writeFile(join(bot.dir, 'shipmate.yml'), 'clusters: 5');
      await workspace.waitFor(() => limited('chat.postMessage') && limited('chat.update'), 20_000);

      for (const { acknowledged, answered } of await waits()) {
        expect(acknowledged).toBeLessThan(atOnce);
        expect(answered).toBeLessThan(atOnce);
      }

      workspace.faults.clear();
      const ending = () => workspace.messages(channel).find(({ ts }) => ts === told.ts);
      await expect.poll(() => shown(ending() ?? told), { timeout: 60_000 }).toMatch(/scaled from 1 to 2/);
      await workspace.waitFor(() => workspace.messages(alerts).length > 0, 60_000);
      expect(workspace.messages(alerts).map(shown)).toEqual([expect.stringContaining('has mistakes')]);
    });
  });
});
