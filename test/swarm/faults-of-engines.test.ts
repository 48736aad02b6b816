import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultScene, moments, startFaultScene } from '../bot/fault-scene.ts';
import { measured } from '../bot/reliability-table.ts';
import { describeSwarm } from '../lab/describe-swarm.ts';
import { type Lab, startLab } from '../lab/swarm-lab.ts';

interface Fault {
  readonly fault: string;
  readonly begin: (lab: Lab) => Promise<void>;
  readonly end: (lab: Lab) => Promise<void>;
  /** Milliseconds. */
  readonly lasts: number;
}

/** Node 1 is the manager that the bot talks to, and the leader at first; node 4 is no manager. */
const faults: readonly Fault[] = [
  {
    fault: 'worker cut off for 20 s',
    begin: (lab) => lab.cut(4),
    end: (lab) => lab.mend(4),
    lasts: 20_000,
  },
  {
    fault: 'manager cut off for 30 s',
    begin: (lab) => lab.cut(1),
    end: (lab) => lab.mend(1),
    lasts: 30_000,
  },
  {
    fault: 'engine stopped for 20 s',
    begin: (lab) => lab.stop(1),
    end: (lab) => lab.start(1),
    lasts: 20_000,
  },
];

describeSwarm('a fault of an engine', ({ engine }) => {
  let lab: (Lab & AsyncDisposable) | undefined;

  beforeAll(async () => {
    lab = await startLab({ engine, nodes: 4, managers: 3 });
  });
  afterAll(() => lab?.[Symbol.asyncDispose]());

  describe.each(faults)('$fault', ({ fault, begin, end, lasts }) => {
    let scene: FaultScene | undefined;

    beforeAll(async () => {
      if (lab === undefined) throw new Error('no lab');
      scene = await startFaultScene(lab);
      await scene.bring();
      await begin(lab);
      scene.release(() => undefined);
      // How long the fault lasts is a part of what is measured.
      await delay(lasts);
      await end(lab);
    });
    afterAll(() => scene?.[Symbol.asyncDispose]());

    it.for(moments)('at: %s', async (moment) => {
      await expect
        .poll(() => scene?.seen(moment), { timeout: 90_000, interval: 500 })
        .toBe(measured(fault, moment));
    });

    it('runs nothing again that Slack delivers again', async () => {
      await scene?.deliverAgain();
      const seen = await Promise.all(moments.map(async (moment) => [moment, await scene?.seen(moment)]));
      expect(seen).toEqual(moments.map((moment) => [moment, measured(fault, moment)]));
    });
  });
});
