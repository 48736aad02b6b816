import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../src/operations/table.ts';
import { shortFormWords } from '../../src/operations/short-form.ts';
import { alice, bob, channel, deploysConfig, entries, refusedBySlack, told, type } from '../bot/deploys.ts';
import { shown } from '../bot/shown.ts';
import { type Bot, startBot, transportBeside } from '../bot/start-bot.ts';
import { describeSwarm } from '../lab/describe-swarm.ts';
import type { LabService } from '../lab/swarm-lab.ts';
import { runningService } from './service-readings.ts';

/** Every operation that reads, with the words after its own, and what its answer must show. */
function reads(
  service: LabService,
): Readonly<Record<string, { readonly words: string; readonly shows: RegExp }>> {
  const { name, id } = service;
  return {
    'service.ls': { words: '', shows: new RegExp(`${name}[\\s\\S]*2/2`) },
    'service.ps': { words: name, shows: new RegExp(`${name}\\.1[\\s\\S]*Running`) },
    'service.inspect': { words: `--pretty ${name}`, shows: new RegExp(id) },
    'service.logs': { words: name, shows: /\.1\.\w+@node\d \| tick 1 version 1/ },
    'node.ls': { words: '', shows: /node1[\s\S]*Leader/ },
    'node.ps': { words: 'node1 node2 node3', shows: new RegExp(`${name}\\.1`) },
    'node.inspect': { words: '--pretty node2', shows: /node2/ },
    info: { words: '', shows: /active/i },
    version: { words: '', shows: /1\.\d\d/ },
    help: { words: '', shows: /service scale/ },
    'can-i': { words: `service scale ${name}=3`, shows: /Yes[\s\S]*grants\[1\]/ },
    audit: { words: '', shows: /service ls/ },
  };
}

/** Every way to write one of them. */
const forms = operations
  .filter(({ kind }) => kind === 'read')
  .flatMap(({ name, words, shortForms }) =>
    [words, ...shortForms.map(shortFormWords)].map((form) => ({ name, form: form.join(' ') })),
  );

describeSwarm('the bot', (lab) => {
  let service: LabService;
  beforeAll(async () => {
    service = await runningService(lab, 2);
  });
  afterAll(async () => {
    await service?.[Symbol.asyncDispose]();
  });

  function readOf(name: string) {
    const row = reads(service)[name];
    if (row === undefined) throw new Error(`reads has no row for ${name}`);
    return row;
  }

  describe.each([transportBeside(lab.engine)])('over %s', (transport) => {
    let bot: Bot;
    beforeAll(async () => {
      bot = await startBot({ transport, config: deploysConfig(lab.dockerHost) });
    });
    afterAll(async () => {
      await bot?.[Symbol.asyncDispose]();
    });

    it.for(forms)('answers $form by slash command, to the asker alone', async ({ name, form }) => {
      const { words, shows } = readOf(name);
      const before = bot.workspace.ephemerals(alice, channel).length;
      await type(bot, alice, 'slash command', `${form} ${words}`);
      const answer = await bot.workspace.waitFor(
        () =>
          bot.workspace
            .ephemerals(alice, channel)
            .slice(before)
            .find((message) => shows.test(shown(message))),
        20_000,
      );
      expect(answer.visibleTo).toBe(alice);
      expect(bot.workspace.ephemerals(bob, channel)).toEqual([]);
    });

    it.for(forms)('answers $form by mention, in the thread it was asked in', async ({ name, form }) => {
      const { words, shows } = readOf(name);
      const root = bot.workspace.as(alice).say(channel, 'what is going on?');
      bot.workspace.as(alice).mention(channel, `docker ${form} ${words}`, { thread: root.ts });
      await bot.workspace.waitFor(
        () =>
          bot.workspace
            .ephemerals(alice, channel)
            .find((message) => message.thread === root.ts && shows.test(shown(message))),
        20_000,
      );
    });

    it.concurrent.for(entries)('follows a log by %s, in a message that everybody sees', async (entry) => {
      await using talker = await lab.createService(lab.image('2'));
      await type(bot, alice, entry, `logs --follow --for 6s ${talker.name}`);
      await told(bot, new RegExp(`Following the logs of ${talker.name}`));
      const end = await told(bot, new RegExp(`Logs of ${talker.name}, followed for`));
      expect(shown(end)).toMatch(/tick \d+ version 2/);
    });

    it('never gives Slack anything that it refuses', () => {
      expect(refusedBySlack(bot)).toEqual([]);
    });
  });
});
