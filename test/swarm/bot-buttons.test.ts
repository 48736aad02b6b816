import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../src/sandbox/slack/workspace.ts';
import { alice, announced, answerTo, channel, deploysConfig, refusedBySlack, told } from '../bot/deploys.ts';
import { shown, tableOf, whisper } from '../bot/shown.ts';
import { type Bot, startBot } from '../bot/start-bot.ts';
import { describeSwarmOn } from '../lab/describe-swarm.ts';
import type { LabService } from '../lab/swarm-lab.ts';
import { cli } from './change-rows.ts';
import { settles } from './many-states.ts';
import { running, runningService } from './service-readings.ts';

/** Kept free of the services, to be drained. */
const node = 'node3';
const elsewhere = ['--constraint', `node.hostname!=${node}`];

describeSwarmOn('28', 'a button of the bot', (lab) => {
  const [first, second] = [lab.image('1'), lab.image('2')];

  const images = (service: LabService) => running(lab, service, 'Image').then((all) => all.join());
  const versionOf = ({ name }: LabService) => cli(lab, `service inspect --format {{.Version.Index}} ${name}`);

  /** A service that the CLI has updated, so that there is a way back. */
  async function updatedService(): Promise<LabService> {
    const service = await runningService(lab, 1, ...elsewhere);
    await cli(lab, `service update --quiet --image ${second} ${service.name}`);
    return service;
  }

  describe.each(['socket'] as const)('over %s', (transport) => {
    let bot: Bot;
    beforeAll(async () => {
      bot = await startBot({ transport, config: deploysConfig(lab.dockerHost) });
    });
    afterAll(async () => {
      await bot?.[Symbol.asyncDispose]();
    });

    /** Presses a button as alice, and agrees to its dialog. @returns what the dialog said */
    async function press(where: Message, label: string): Promise<string> {
      const { confirm } = await bot.workspace.as(alice).click(where, label);
      return confirm?.text ?? '';
    }

    const tasksOf = ({ name }: LabService) => answerTo(bot, alice, `ps ${name}`, new RegExp(`${name}\\.1`));
    const whispered = (text: string) => whisper(bot.workspace, alice, channel, (all) => all.includes(text));

    it.concurrent('scales by one, after its dialog', async () => {
      await using service = await runningService(lab, 1, ...elsewhere);
      const dialog = await press(await tasksOf(service), 'Scale to 2');
      expect(dialog).toBe(`${service.name} in prod goes from 1 to 2 replicas.`);
      await told(bot, new RegExp(`${service.name} scaled from 1 to 2`));
      expect(await running(lab, service)).toHaveLength(2);
    });

    it.concurrent('restarts', async () => {
      await using service = await runningService(lab, 1, ...elsewhere);
      const dialog = await press(await tasksOf(service), 'Restart');
      expect(dialog).toContain(`All tasks of ${service.name} in prod are replaced`);
      await told(bot, new RegExp(`${service.name} restarted`));
      const count = `service inspect --format {{.Spec.TaskTemplate.ForceUpdate}} ${service.name}`;
      expect(await cli(lab, count)).toBe('1');
    });

    it.concurrent('rolls back to what its dialog shows', async () => {
      await using service = await updatedService();
      const dialog = await press(await tasksOf(service), 'Roll back…');
      expect(dialog).toBe(`${service.name} in prod goes back: image ${second} → ${first}.`);
      await told(bot, new RegExp(`${service.name} rolled back`));
      await settles(() => images(service), first);
    });

    it.concurrent(
      'rolls back nowhere else: it refuses, shows where it would lead now, and does that',
      async () => {
        await using service = await updatedService();
        const { name } = service;
        const answer = await tasksOf(service);
        await cli(lab, `service update --quiet --env-add LEVEL=debug ${name}`);
        const version = await versionOf(service);
        await press(answer, 'Roll back…');
        const offer = await whispered(`Now it would be: roll back ${name}: env LEVEL •••• → none.`);
        expect(await versionOf(service)).toBe(version);
        expect(announced(bot.workspace).filter((each) => shown(each).includes(name))).toEqual([]);
        expect(await press(offer, 'Roll back…')).toBe(`${name} in prod goes back: env LEVEL •••• → none.`);
        await told(bot, new RegExp(`${name} rolled back`));
        const env = `service inspect --format {{.Spec.TaskTemplate.ContainerSpec.Env}} ${name}`;
        expect(await cli(lab, env)).toBe('[]');
        expect(await images(service)).toBe(second);
      },
    );

    it.concurrent('scales from no other number than its dialog shows', async () => {
      await using service = await runningService(lab, 1, ...elsewhere);
      const { name } = service;
      const answer = await tasksOf(service);
      await cli(lab, `service scale --detach ${name}=4`);
      await press(answer, 'Scale to 2');
      const offer = await whispered(`Now it would be: scale ${name} from 4 to 2.`);
      const replicas = `service inspect --format {{.Spec.Mode.Replicated.Replicas}} ${name}`;
      expect(await cli(lab, replicas)).toBe('4');
      await press(offer, 'Scale to 2');
      await told(bot, new RegExp(`${name} scaled from 4 to 2`));
      expect(await cli(lab, replicas)).toBe('2');
    });

    it.concurrent('leads back from a deploy that failed, in the message that tells it', async () => {
      const slowly = ['--restart-delay', '1s', ...elsewhere];
      await using service = await runningService(lab, 1, ...slowly);
      const { name } = service;
      await bot.workspace.as(alice).command(channel, '/swarm', `deploy ${name} ${lab.image('crash')}`);
      const failure = await told(bot, new RegExp(`${name} was updated half-way: Swarm paused it`));
      expect(await press(failure, 'Roll back…')).toContain(`image ${lab.image('crash')} → ${first}`);
      await told(bot, new RegExp(`${name} rolled back`));
      await settles(() => images(service), first);
    });

    it.concurrent('shows a log, and shows it anew in place', async () => {
      await using service = await runningService(lab, 1, ...elsewhere);
      const { name } = service;
      await press(await tasksOf(service), 'Logs');
      const log = await whispered(`Logs of ${name} in prod`);
      expect(shown(log)).toMatch(/tick 1 version 1/);
      await press(log, 'Refresh');
      await bot.workspace.waitFor(
        () => bot.workspace.ephemerals(alice, channel).find(({ ts, edits }) => ts === log.ts && edits > 0),
        20_000,
      );
    });

    it.concurrent('follows a log again, where everybody sees it', async () => {
      await using talker = await lab.createService(...elsewhere, second);
      const { name } = talker;
      await bot.workspace.as(alice).command(channel, '/swarm', `logs --follow --for 5s ${name}`);
      const end = await told(bot, new RegExp(`Logs of ${name}, followed for`));
      expect(await press(end, 'Follow')).toContain('Everybody in this channel will see the lines');
      const followed = () =>
        announced(bot.workspace).filter((each) => shown(each).includes(`Logs of ${name}, followed for`));
      await bot.workspace.waitFor(() => followed()[1], 20_000);
      expect(shown(followed()[1] ?? end)).toMatch(/tick \d+ version 2/);
    });

    it('scales by a form', async () => {
      await using service = await runningService(lab, 1, ...elsewhere);
      await press(await tasksOf(service), 'Scale…');
      const view = await bot.workspace.waitFor(() => bot.workspace.view(alice));
      await bot.workspace.as(alice).submit(view, { [`Replicas of ${service.name} in prod`]: '2' });
      await told(bot, new RegExp(`${service.name} scaled from 1 to 2`));
      expect(await running(lab, service)).toHaveLength(2);
    });

    it('drains a node, and activates it', async () => {
      const availability = `node inspect --format {{.Spec.Availability}} ${node}`;
      try {
        const answer = await answerTo(bot, alice, `node ps ${node}`, new RegExp(`Drain ${node}`));
        expect(await press(answer, `Drain ${node}…`)).toContain(
          `What runs on ${node} in prod is stopped there`,
        );
        const drained = await told(bot, new RegExp(`${node} is drained`));
        expect(await cli(lab, availability)).toBe('drain');
        await press(drained, `Activate ${node}`);
        await told(bot, new RegExp(`${node} is active`));
        expect(await cli(lab, availability)).toBe('active');
      } finally {
        await cli(lab, `node update --availability active ${node}`);
      }
    });

    it('shows a list anew, in place', async () => {
      const answer = await answerTo(bot, alice, 'node ls', /ENGINE VERSION/);
      const count = bot.workspace.ephemerals(alice, channel).length;
      await press(answer, 'Refresh');
      const again = await bot.workspace.waitFor(
        () => bot.workspace.ephemerals(alice, channel).find(({ ts, edits }) => ts === answer.ts && edits > 0),
        10_000,
      );
      expect(tableOf(again)[0]).toEqual(tableOf(answer)[0]);
      expect(bot.workspace.ephemerals(alice, channel)).toHaveLength(count);
    });

    it('never gives Slack anything that it refuses', () => {
      expect(refusedBySlack(bot)).toEqual([]);
    });
  });
});
