import type { TestProject } from 'vitest/node';
import { type Lab, type LabEngine, type LabPlace, labObstacle, startLab } from './swarm-lab.ts';

/** What the tests of a run are given: one three-node Swarm an engine, shared by all of them. */
export interface SwarmSetup {
  readonly labs: readonly LabPlace[];
  /** Why there are no labs. */
  readonly obstacle: string | undefined;
}

declare module 'vitest' {
  export interface ProvidedContext {
    swarm: SwarmSetup;
  }
}

/**
 * Starts the labs of a run on the engines named in SWARM_ENGINES (default `20,28`; empty for none). On a machine that
 * can't have them the tests that need one are left out, loudly; with CI=true that is an error.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const engines = enginesOf(process.env['SWARM_ENGINES'] ?? '20,28');
  const obstacle = await firstObstacle(engines);
  await using labs = new AsyncDisposableStack();
  const places: LabPlace[] = [];
  if (obstacle === undefined) {
    for (const lab of await Promise.all(engines.map((engine) => startLab({ engine })))) {
      labs.use(lab);
      places.push(placeOf(lab));
    }
  } else if (process.env['CI'] === 'true') {
    throw new Error(`The tests on a real Swarm must run here (CI=true), and can't: ${obstacle}`);
  } else {
    process.stderr.write(
      `\n*** ${project.name}: the tests on a real Swarm are NOT run: ${obstacle}\n` +
        `*** As root on Debian 12 with those packages they run; SWARM_ENGINES=20 or 28 picks one engine.\n\n`,
    );
  }
  project.provide('swarm', { labs: places, obstacle });
  const running = labs.move();
  return () => running.disposeAsync();
}

function enginesOf(list: string): readonly LabEngine[] {
  return list
    .split(',')
    .filter((word) => word !== '')
    .map((word) => {
      if (word === '20' || word === '28') return word;
      throw new Error(`SWARM_ENGINES is "${list}"; expected 20, 28 or both, as in SWARM_ENGINES=20,28`);
    });
}

async function firstObstacle(engines: readonly LabEngine[]): Promise<string | undefined> {
  if (engines.length === 0) return 'SWARM_ENGINES names none';
  for (const engine of engines) {
    const obstacle = await labObstacle(engine);
    if (obstacle !== undefined) return obstacle;
  }
  return undefined;
}

function placeOf({ engine, nodes, dir, net }: Lab): LabPlace {
  return { engine, nodes, dir, net };
}
