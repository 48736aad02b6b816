import { afterAll } from 'vitest';
import { connectEngines } from '../../src/engine/connect-engines.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { Lab } from '../lab/swarm-lab.ts';

/** A lab as the operations see it, for the suite that is being described: disposed of after it. */
export function labEngine(lab: Lab): Engine {
  const engines = connectEngines({ lab: { host: lab.dockerHost } }, {});
  afterAll(() => engines[Symbol.asyncDispose]());
  return engines.get('lab');
}
