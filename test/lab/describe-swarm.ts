import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { SwarmSetup } from './global-setup.ts';
import { neverAllowed, statusOf } from './socket-proxy.ts';
import { type Lab, type LabEngine, openLab } from './swarm-lab.ts';

/**
 * A suite that runs once an engine (SWARM_ENGINES), on a real three-node Swarm that all suites of the run share: name
 * what you create uniquely (`lab.createService` does), remove it, and start what you stop. Where a Swarm can't run it
 * is left out, saying why. For test/swarm/ alone; a suite that breaks its Swarm takes one of its own from `startLab`.
 * All that goes to `lab.dockerHost` goes through the socket proxy, which must refuse nothing of it.
 */
export function describeSwarm(name: string, suite: (lab: Lab) => void): void {
  describeOn(name, undefined, suite);
}

/** The same on one engine, where the suite is about Slack, the database or the process: engines don't change those. */
export function describeSwarmOn(engine: LabEngine, name: string, suite: (lab: Lab) => void): void {
  describeOn(name, engine, suite);
}

function describeOn(name: string, engine: LabEngine | undefined, suite: (lab: Lab) => void): void {
  const { labs: all, obstacle }: SwarmSetup = inject('swarm');
  const labs = all.filter((lab) => engine === undefined || lab.engine === engine);
  const why = obstacle ?? (labs.length === 0 ? `SWARM_ENGINES doesn't name ${engine}` : undefined);
  if (why !== undefined) describe.todo(`${name}: needs a real Swarm: ${why}`);
  describe.for(labs)(`${name} on Docker $engine`, (place) => {
    const lab = openLab(place);
    let before = 0;
    beforeAll(async () => {
      before = (await lab.refusedCalls()).length;
    });

    suite(lab);

    it('asked nothing that the socket proxy refuses', async () => {
      const marker = `${neverAllowed}/${randomUUID()}`;
      expect(await statusOf(lab.proxySocket, 'GET', marker)).toBe(403);
      await expect.poll(() => readFile(join(lab.dir, 'proxy.log'), 'utf8')).toContain(marker);
      expect((await lab.refusedCalls()).slice(before)).toEqual([]);
    });
  });
}
