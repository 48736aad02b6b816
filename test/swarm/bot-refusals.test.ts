import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  alice,
  announced,
  answerTo,
  bob,
  channel,
  deploysConfig,
  entries,
  told,
  type,
} from '../bot/deploys.ts';
import { buttonLabels, whisper } from '../bot/shown.ts';
import { type Bot, startBot } from '../bot/start-bot.ts';
import { describeSwarmOn } from '../lab/describe-swarm.ts';
import type { LabService } from '../lab/swarm-lab.ts';
import { changeForms, changeRows, cli } from './change-rows.ts';
import { quick, runningService } from './service-readings.ts';

const node = 'node3';

describeSwarmOn('28', 'the bot', (lab) => {
  const rows = changeRows(lab);
  let service: LabService;

  beforeAll(async () => {
    service = await runningService(lab, 1);
    // There is a way back, which may be taken and mayn't.
    await cli(lab, `service update --quiet --image ${lab.image('2')} ${service.name}`);
  });
  afterAll(async () => {
    await service?.[Symbol.asyncDispose]();
  });

  /** Moves with every change, also with one that is undone. */
  async function versions(): Promise<string> {
    const format = '{{.Version.Index}}';
    return `${await cli(lab, `service inspect --format ${format} ${service.name}`)} ${await cli(lab, `node inspect --format ${format} ${node}`)}`;
  }

  describe.each(['socket'] as const)('over %s', (transport) => {
    let bot: Bot;
    beforeAll(async () => {
      const images = [lab.image('1'), lab.image('crash')];
      bot = await startBot({ transport, config: deploysConfig(lab.dockerHost, images) });
    });
    afterAll(async () => {
      await bot?.[Symbol.asyncDispose]();
    });

    /** Does something that must be refused with this, and come to nothing. */
    async function refuses(user: string, says: string, attempt: () => Promise<unknown>): Promise<void> {
      const [before, from] = [await versions(), announced(bot.workspace).length];
      const heard = bot.workspace.ephemerals(user, channel).length;
      await attempt();
      await bot.workspace.waitFor(() => bot.workspace.ephemerals(user, channel)[heard], 20_000);
      await whisper(bot.workspace, user, channel, (text) => text.includes(says));
      expect(announced(bot.workspace)).toHaveLength(from);
      expect(await versions()).toBe(before);
    }

    const forms = [...new Set([...changeForms, ...Object.keys(rows)])];
    const ways = entries.flatMap((entry) => forms.map((form) => ({ entry, form })));

    it.for(ways)('refuses $form by $entry to a member who may only look', async ({ entry, form }) => {
      const row = rows[form];
      if (row === undefined) throw new Error(`change-rows.ts has no row for ${form}`);
      const line = row.line(row.of === 'node' ? node : service.name);
      await refuses(bob, 'You may not run', () => type(bot, bob, entry, line));
    });

    it('shows no button for a change to a member who may only look', async () => {
      const tasks = await answerTo(bot, bob, `ps ${service.name}`, /Running/);
      const onNode = await answerTo(bot, bob, `node ps ${node}`, /Tasks on/);
      const labels = [tasks, onNode].flatMap((message) => buttonLabels(message));
      expect(labels).toContain('Refresh');
      expect(labels.filter((label) => /Scale|Restart|Roll|Drain|Activate/.test(label))).toEqual([]);
    });

    it.for([
      ['U0GUS', 'a guest'],
      ['U0OLGA', 'somebody of another organization'],
    ])('refuses a scale by %s, %s', async ([user]) => {
      await refuses(user ?? '', 'You may not run', () =>
        type(bot, user ?? '', 'slash command', `scale ${service.name}=9`),
      );
    });

    it.for(['Scale to 2', 'Restart', 'Roll back…', `Drain ${node}…`])(
      'refuses “%s” at the click to whoever lost the right since',
      async (label) => {
        const line = label.startsWith('Drain') ? `node ps ${node}` : `ps ${service.name}`;
        const answer = await answerTo(bot, alice, line, new RegExp(label));
        bot.workspace.directory.changeGroup('S0SRE', { members: [] });
        try {
          await refuses(alice, 'You may not run', () => bot.workspace.as(alice).click(answer, label));
        } finally {
          bot.workspace.directory.changeGroup('S0SRE', { members: [alice] });
        }
      },
    );

    it.for([
      ['deploys no image', () => `deploy ${service.name} ${lab.image('3')}`],
      [
        'deploys no image by its tag alone',
        () => `service update --no-resolve-image --image ${lab.image('3')} ${service.name}`,
      ],
    ] as const)('%s that images.allow doesn’t name', async ([, line]) => {
      const sentence = `The image ${lab.image('3')} may not be deployed: images.allow allows`;
      await refuses(alice, sentence, () => type(bot, alice, 'slash command', line()));
    });

    it('rolls back to no image that images.allow doesn’t name', async () => {
      await using other = await lab.createService('--replicas', '0', ...quick, lab.image('3'));
      await cli(lab, `service update --quiet --detach --image ${lab.image('1')} ${other.name}`);
      const sentence = `The image ${lab.image('3')} may not be deployed: images.allow allows`;
      await refuses(alice, sentence, () => type(bot, alice, 'slash command', `rollback ${other.name}`));
      const image = `service inspect --format {{.Spec.TaskTemplate.ContainerSpec.Image}} ${other.name}`;
      expect(await cli(lab, image)).toContain(lab.image('1'));
    });

    it('refuses to others the button that everybody sees', async () => {
      await using broken = await lab.createService(
        '--replicas',
        '1',
        '--restart-delay',
        '1s',
        ...quick,
        lab.image('1'),
      );
      await type(bot, alice, 'slash command', `deploy ${broken.name} ${lab.image('crash')}`);
      const failure = await told(bot, new RegExp(`${broken.name} was updated half-way: Swarm paused it`));
      await refuses(bob, 'You may not run', () => bot.workspace.as(bob).click(failure, 'Roll back…'));
      const image = `service inspect --format {{.Spec.TaskTemplate.ContainerSpec.Image}} ${broken.name}`;
      expect(await cli(lab, image)).toContain(lab.image('crash'));
    });

    it('refuses everything in a channel that is not configured', async () => {
      await bot.workspace.as(alice).command('C0RANDOM', '/swarm', 'service ls');
      await whisper(bot.workspace, alice, 'C0RANDOM', (text) => text.includes('You may not run'));
    });
  });
});
