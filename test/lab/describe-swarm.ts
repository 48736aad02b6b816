import { describe, inject } from 'vitest';
import type { SwarmSetup } from './global-setup.ts';
import { type Lab, openLab } from './swarm-lab.ts';

/**
 * A suite that runs once an engine (SWARM_ENGINES), on a real three-node Swarm that all suites of the run share: name
 * what you create uniquely (`lab.createService` does), remove it, and start what you stop. Where a Swarm can't run it
 * is left out, saying why. For test/swarm/ alone; a suite that breaks its Swarm takes one of its own from `startLab`.
 */
export function describeSwarm(name: string, suite: (lab: Lab) => void): void {
  const { labs, obstacle }: SwarmSetup = inject('swarm');
  const left = obstacle === undefined ? [] : [`${name}: needs a real Swarm: ${obstacle}`];
  for (const why of left) describe.todo(why);
  describe.for(labs)(`${name} on Docker $engine`, (place) => {
    suite(openLab(place));
  });
}
