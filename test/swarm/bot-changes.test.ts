import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alice, announced, deploysConfig, entries, refusedBySlack, told, type } from '../bot/deploys.ts';
import { shown } from '../bot/shown.ts';
import { type Bot, startBot, transportBeside } from '../bot/start-bot.ts';
import { describeSwarm } from '../lab/describe-swarm.ts';
import type { LabService } from '../lab/swarm-lab.ts';
import { changeForms, changeRows, cli, stands } from './change-rows.ts';
import { settles } from './many-states.ts';
import { quick, running, runningService } from './service-readings.ts';

/** Kept free of the services, to be drained. */
const node = 'node3';
const elsewhere = ['--constraint', `node.hostname!=${node}`];

describeSwarm('a change by the bot', (lab) => {
  const rows = changeRows(lab);
  let there: LabService;
  const forms = [...new Set([...changeForms, ...Object.keys(rows)])];
  const ways = entries.flatMap((entry) => forms.map((form) => ({ entry, form })));

  function rowOf(form: string) {
    const row = rows[form];
    if (row === undefined) throw new Error(`change-rows.ts has no row for ${form}`);
    return row;
  }

  beforeAll(async () => {
    const nodes = ['--mode', 'global', '--constraint', `node.hostname==${node}`];
    there = await lab.createService(...nodes, ...quick, lab.image('1'));
  });
  afterAll(async () => {
    await there?.[Symbol.asyncDispose]();
  });

  describe.each([transportBeside(lab.engine)])('over %s', (transport) => {
    let bot: Bot;
    beforeAll(async () => {
      bot = await startBot({ transport, config: deploysConfig(lab.dockerHost) });
    });
    afterAll(async () => {
      await bot?.[Symbol.asyncDispose]();
    });

    it.concurrent.for(ways.filter(({ form }) => rowOf(form).of === 'service'))(
      '$form by $entry is told in one message, once the Swarm is there',
      async ({ entry, form }) => {
        const row = rowOf(form);
        await using service = await runningService(lab, 1, ...elsewhere);
        const { name } = service;
        if (row.before !== undefined) await cli(lab, row.before(name));
        await type(bot, alice, entry, row.line(name));
        const message = await told(bot, new RegExp(row.told(name)));
        await stands(lab, row, name);
        expect(announced(bot.workspace).filter((each) => shown(each).includes(name))).toEqual([message]);
      },
    );

    it.for(ways.filter(({ form }) => rowOf(form).of === 'node'))(
      '$form by $entry is told in one message, once the Swarm is there',
      async ({ entry, form }) => {
        const row = rowOf(form);
        const from = announced(bot.workspace).length;
        if (row.before !== undefined) await cli(lab, row.before(node));
        else await settles(async () => String((await running(lab, there)).length), '1');
        try {
          await type(bot, alice, entry, row.line(node));
          await bot.workspace.waitFor(() => {
            const [message] = announced(bot.workspace).slice(from);
            return message !== undefined && shown(message).includes(row.told(node)) ? message : undefined;
          }, 60_000);
          await stands(lab, row, node);
          expect(announced(bot.workspace)).toHaveLength(from + 1);
        } finally {
          if (row.undo !== undefined) await cli(lab, row.undo(node));
        }
      },
    );

    it('never gives Slack anything that it refuses', () => {
      expect(refusedBySlack(bot)).toEqual([]);
    });
  });
});
