import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlitePath } from '../../src/store/open-store.ts';
import { auditRows } from '../bot/audit-rows.ts';
import { type FaultScene, moments, type SceneOptions, startFaultScene } from '../bot/fault-scene.ts';
import { type SmallDisk, smallDisk } from '../bot/small-disk.ts';
import { measured } from '../bot/reliability-table.ts';
import { describeSwarmOn } from '../lab/describe-swarm.ts';

interface Fault {
  readonly fault: string;
  readonly options?: () => Promise<SceneOptions>;
  /** Makes the fault with the scene held, lets it go on, and ends the fault. */
  readonly strike: (scene: FaultScene) => Promise<void>;
}

describeSwarmOn('28', 'a fault', (lab) => {
  let disk: SmallDisk | undefined;
  const mentions: string[] = [];
  const faults: readonly Fault[] = [
    // The longest begin first.
    passing('Slack 429 for 60 s', 60_000, ({ bot: { workspace } }) => {
      workspace.faults.rateLimit('*', { retryAfter: 30 });
      return () => workspace.faults.clear();
    }),
    passing('Slack 500 for 60 s', 60_000, ({ bot: { workspace } }) => {
      workspace.faults.fail('*', { status: 500 });
      return () => workspace.faults.clear();
    }),
    ...(['SIGKILL', 'SIGTERM'] as const).map((signal): Fault => ({
      fault: signal,
      async strike(scene) {
        const end = await scene.bot.stop(signal);
        if (end !== (signal === 'SIGTERM' ? 0 : signal)) throw new Error(`it ended with ${end}`);
        await scene.forgotten();
        scene.release(() => undefined);
        await scene.bot.restart();
        await scene.bot.logged('done with what a stop cut off');
      },
    })),
    passing('socket closed every 5 s', 30_000, ({ bot: { workspace } }) => {
      // Some of these find no connection, and Slack delivers them again.
      const endMentions = workspace.on(({ kind }) => {
        if (kind !== 'connection') return;
        mentions.push(`service ls --filter name=m${mentions.length}`);
        workspace.as('U0ALICE').mention('C0DEPLOYS', mentions.at(-1) ?? '');
      });
      workspace.faults.disconnectAll('refresh_requested');
      workspace.faults.closeEvery(5_000);
      return () => {
        workspace.faults.closeEvery(null);
        endMentions();
      };
    }),
    passing('database locked for 20 s', 20_000, ({ bot }) => {
      const other = new DatabaseSync(sqlitePath(bot.databaseUrl));
      other.exec('BEGIN IMMEDIATE');
      return () => other.close();
    }),
    {
      ...passing('disk full for 20 s', 20_000, () => disk?.fill() ?? (() => undefined)),
      async options() {
        disk = await smallDisk();
        return { databaseUrl: `sqlite:${disk.dir}/shipmate.db` };
      },
    },
  ];

  const scenes = new Map<string, Promise<FaultScene>>();
  const open: FaultScene[] = [];
  const sceneOf = async (fault: string) => scenes.get(fault);

  // The faults touch nothing that they share but the Swarm's time: all of them at once. The bots start one after the other,
  // as several at once are slow to.
  beforeAll(async () => {
    let turn: Promise<unknown> = Promise.resolve();
    for (const { fault, options, strike } of faults) {
      const started = turn.then(async () => startFaultScene(lab, await options?.()));
      turn = started.catch(() => undefined);
      const struck = started.then(async (scene) => {
        open.push(scene);
        await scene.bring();
        await strike(scene);
        return scene;
      });
      scenes.set(fault, struck);
    }
    await Promise.allSettled(scenes.values());
  });
  afterAll(async () => {
    await Promise.all(open.map((scene) => scene[Symbol.asyncDispose]()));
    await disk?.[Symbol.asyncDispose]();
  });

  it('that closes the socket loses no mention, and runs none twice', async () => {
    const scene = await sceneOf('socket closed every 5 s');
    const run = () =>
      auditRows(scene?.bot.databaseUrl ?? '')
        .filter(({ entry }) => entry === 'mention')
        .map(({ command }) => command);
    expect(mentions.length).toBeGreaterThan(8);
    // Slack's second try comes after a minute.
    await expect.poll(() => run().toSorted(), { timeout: 90_000 }).toEqual(mentions.toSorted());
  });

  describe.each(faults)('$fault', ({ fault }) => {
    it.for(moments)('at: %s', async (moment) => {
      const scene = await sceneOf(fault);
      await expect
        .poll(() => scene?.seen(moment), { timeout: 90_000, interval: 500 })
        .toBe(measured(fault, moment));
    });

    it('runs nothing again that Slack delivers again', async () => {
      const scene = await sceneOf(fault);
      await scene?.deliverAgain();
      const seen = await Promise.all(moments.map(async (moment) => [moment, await scene?.seen(moment)]));
      expect(seen).toEqual(moments.map((moment) => [moment, measured(fault, moment)]));
    });
  });
});

/** A fault that lasts so long, in milliseconds, while the bot's process goes on. @param begin gives what ends it */
function passing(fault: string, lasts: number, begin: (scene: FaultScene) => () => void): Fault {
  return {
    fault,
    async strike(scene) {
      const end = scene.release(() => begin(scene));
      // How long the fault lasts is a part of what is measured.
      await delay(lasts);
      end();
    },
  };
}
