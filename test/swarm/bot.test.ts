import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../src/operations/table.ts';
import { type Bot, startBot, transports } from '../bot/start-bot.ts';
import { shown, tableOf, whisper } from '../bot/shown.ts';
import { describeSwarm } from '../lab/describe-swarm.ts';
import type { Lab, LabService } from '../lab/swarm-lab.ts';

const channel = 'C0DEPLOYS';
const alice = 'U0ALICE';

function config(lab: Lab): string {
  return `
clusters: { prod: { host: "${lab.dockerHost}" } }
channels: { ${channel}: { cluster: prod } }
roles:
  viewer: { allow: ["*.ls", "*.ps", "*.inspect", service.logs, info, version] }
  operator: { includes: [viewer], allow: [service.scale, audit] }
grants:
  - { role: viewer, to: [everyone] }
  - { role: operator, to: [S0SRE] }
`;
}

/** Every operation that reads, with a line that uses it and what its answer must show. */
function reads(
  service: LabService,
): Readonly<Record<string, { readonly line: string; readonly shows: RegExp }>> {
  return {
    'service.ls': { line: 'service ls', shows: new RegExp(`${service.name}[\\s\\S]*2/2`) },
    'service.ps': {
      line: `service ps ${service.name}`,
      shows: new RegExp(`${service.name}\\.1[\\s\\S]*Running`),
    },
    'service.inspect': { line: `service inspect --pretty ${service.name}`, shows: new RegExp(service.id) },
    'service.logs': { line: `service logs ${service.name}`, shows: /\.1\.\w+@node\d \| tick 1 version 1/ },
    'node.ls': { line: 'node ls', shows: /node1[\s\S]*Leader/ },
    'node.ps': { line: 'node ps node1 node2 node3', shows: new RegExp(`${service.name}\\.1`) },
    'node.inspect': { line: 'node inspect --pretty node2', shows: /node2/ },
    info: { line: 'info', shows: /active/i },
    version: { line: 'version', shows: /1\.\d\d/ },
    help: { line: 'help', shows: /service scale/ },
    'can-i': { line: `can-i service scale ${service.name}=3`, shows: /Yes[\s\S]*grants\[1\]/ },
    audit: { line: 'audit', shows: /service ls/ },
  };
}

describeSwarm('the bot', (lab) => {
  describe.each(transports)('over %s', (transport) => {
    let bot: Bot;
    let service: LabService;

    beforeAll(async () => {
      service = await lab.createService('--replicas', '2', lab.image('1'));
      bot = await startBot({ transport, config: config(lab) });
    });
    afterAll(async () => {
      await bot?.[Symbol.asyncDispose]();
      await service?.[Symbol.asyncDispose]();
    });

    async function converged(replicas: number): Promise<void> {
      await expect
        .poll(
          async () =>
            lab.docker('service', 'ls', '--filter', `id=${service.id}`, '--format', '{{.Replicas}}'),
          {
            timeout: 30_000,
          },
        )
        .toBe(`${replicas}/${replicas}`);
    }

    it('starts beside a service that has converged', async () => {
      await converged(2);
    });

    const readNames = operations.filter(({ kind }) => kind === 'read').map(({ name }) => name);

    it.each(readNames)('answers %s by command, to the asker alone', async (name) => {
      const { line, shows } = reads(service)[name] ?? { line: '', shows: /^$/ };
      const before = bot.workspace.ephemerals(alice, channel).length;
      await bot.workspace.as(alice).command(channel, '/swarm', line);
      const answer = await bot.workspace.waitFor(
        () =>
          bot.workspace
            .ephemerals(alice, channel)
            .slice(before)
            .find((message) => shows.test(shown(message))),
        20_000,
      );
      expect(answer.visibleTo).toBe(alice);
      expect(bot.workspace.ephemerals('U0BOB', channel)).toEqual([]);
    });

    it.each(readNames)('answers %s by mention, in the thread it was asked in', async (name) => {
      const { line, shows } = reads(service)[name] ?? { line: '', shows: /^$/ };
      const root = bot.workspace.as(alice).say(channel, 'what is going on?');
      bot.workspace.as(alice).mention(channel, `docker ${line}`, { thread: root.ts });
      const answer = await bot.workspace.waitFor(
        () =>
          bot.workspace
            .ephemerals(alice, channel)
            .find((message) => message.thread === root.ts && shows.test(shown(message))),
        20_000,
      );
      expect(answer.thread).toBe(root.ts);
    });

    /** Asks by command, and gives what alice was whispered to it. */
    async function ask(line: string, shows: string) {
      const before = bot.workspace.ephemerals(alice, channel).length;
      await bot.workspace.as(alice).command(channel, '/swarm', line);
      return bot.workspace.waitFor(
        () =>
          bot.workspace
            .ephemerals(alice, channel)
            .slice(before)
            .find((message) => shown(message).includes(shows)),
        20_000,
      );
    }

    /** The one message that tells of a scale to so many, once it tells how that ended. */
    function outcome(from: number, text: RegExp) {
      return bot.workspace.waitFor(
        () =>
          bot.workspace
            .messages(channel)
            .slice(from)
            .find((message) => text.test(shown(message))),
        60_000,
      );
    }

    it('scales by command, and tells it in the channel in one message', async () => {
      const from = bot.workspace.messages(channel).length;
      await bot.workspace.as(alice).command(channel, '/swarm', `service scale ${service.name}=3`);
      const told = await outcome(from, /scaled from 2 to 3/);
      expect(told.edits).toBeGreaterThan(0);
      await converged(3);
      expect(
        bot.workspace
          .messages(channel)
          .slice(from)
          .filter((message) => message.thread === null),
      ).toHaveLength(1);
    });

    it('scales by mention', async () => {
      const from = bot.workspace.messages(channel).length;
      bot.workspace.as(alice).mention(channel, `scale ${service.name}=1`);
      await outcome(from, /scaled from 3 to 1/);
      await converged(1);
    });

    it('scales by a button of service ps, after its confirm dialog', async () => {
      const from = bot.workspace.messages(channel).length;
      const answer = await ask(`ps ${service.name}`, 'Scale to 2');
      const { confirm } = await bot.workspace.as(alice).click(answer, 'Scale to 2');
      expect(confirm?.text).toContain(service.name);
      await outcome(from, /scaled from 1 to 2/);
      await converged(2);
    });

    it('scales by the form behind a button', async () => {
      const from = bot.workspace.messages(channel).length;
      const answer = await ask(`ps ${service.name}`, 'Scale to 3');
      await bot.workspace.as(alice).click(answer, 'Scale…');
      const view = await bot.workspace.waitFor(() => bot.workspace.view(alice));
      await bot.workspace.as(alice).submit(view, { [`Replicas of ${service.name} in prod`]: '4' });
      await outcome(from, /scaled from 2 to 4/);
      await converged(4);
    });

    it('shows a list anew by its Refresh button, in place', async () => {
      const answer = await ask('node ls', 'ENGINE VERSION');
      const count = bot.workspace.ephemerals(alice, channel).length;
      await bot.workspace.as(alice).click(answer, 'Refresh');
      const again = await bot.workspace.waitFor(
        () => bot.workspace.ephemerals(alice, channel).find(({ ts, edits }) => ts === answer.ts && edits > 0),
        10_000,
      );
      expect(tableOf(again)[0]).toEqual(tableOf(answer)[0]);
      expect(bot.workspace.ephemerals(alice, channel)).toHaveLength(count);
    });

    it('refuses at the click whoever lost the right since', async () => {
      const answer = await ask(`ps ${service.name}`, 'Scale to 5');
      bot.workspace.directory.changeGroup('S0SRE', { members: [] });
      const from = bot.workspace.messages(channel).length;
      await bot.workspace.as(alice).click(answer, 'Scale to 5');
      await whisper(bot.workspace, alice, channel, (text) => text.includes('You may not run'));
      bot.workspace.directory.changeGroup('S0SRE', { members: [alice] });
      expect(bot.workspace.messages(channel)).toHaveLength(from);
      await converged(4);
    });

    it.each([
      ['U0GUS', 'a guest'],
      ['U0OLGA', 'somebody of another organization'],
      ['U0BOB', 'a member without a grant'],
    ])('refuses a scale by %s, %s', async (user) => {
      await bot.workspace.as(user).command(channel, '/swarm', `scale ${service.name}=9`);
      await whisper(bot.workspace, user, channel, (text) => text.includes('You may not run'));
      await converged(4);
    });

    it('refuses everything in a channel that is not configured', async () => {
      await bot.workspace.as(alice).command('C0RANDOM', '/swarm', 'service ls');
      await whisper(bot.workspace, alice, 'C0RANDOM', (text) => text.includes('You may not run'));
    });

    it('never gives Slack anything that it refuses', () => {
      const refused = bot.workspace.calls.filter(({ answer }) => answer['ok'] === false);
      expect(refused.map(({ method, answer }) => [method, answer])).toEqual([]);
    });
  });
});
