import { readyEngine, type Teller } from './ready-engine.ts';
import type { SandboxOptions } from './options.ts';
import type { Step } from './page/protocol.ts';
import { fleet } from './swarm/fleet.ts';
import { sampleShop } from './swarm/sample-shop.ts';
import type { Scenario } from './swarm/scenarios.ts';
import { startSwarm } from './swarm/swarm.ts';
import { tour } from './tour.ts';

/** The engine that the bot is given. */
export interface SandboxEngine extends AsyncDisposable {
  /** The environment, with `DOCKER_HOST` and its like for that engine. */
  readonly env: NodeJS.ProcessEnv;
  /** Where the bot's state is kept when nothing else is asked for: what became of a simulated Swarm is told of no real one. */
  readonly usualData: string;
  readonly scenarios: readonly Scenario[];
  readonly tour: readonly Step[];
}

/**
 * A real engine when one is named, by `--engine` or DOCKER_HOST; a simulated Swarm otherwise, with the sample shop or as many
 * services as asked for.
 * @returns null when it can't be used, which `teller` has told.
 */
export async function openEngine(
  { engine, fleet: size, scenarios }: SandboxOptions,
  env: NodeJS.ProcessEnv,
  teller: Teller,
): Promise<SandboxEngine | null> {
  const real = engine ?? (env['DOCKER_HOST'] || null);
  if (real !== null && size === null && scenarios.length === 0) {
    const named = { ...env, DOCKER_HOST: real };
    if (!(await readyEngine(named, teller))) return null;
    return {
      env: named,
      usualData: 'data/sandbox-engine',
      scenarios: [],
      tour: [],
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }
  const swarm = await startSwarm(size === null ? sampleShop() : fleet(size));
  try {
    for (const name of scenarios) swarm.scenario(name);
  } catch (error) {
    teller.say(`${error instanceof Error ? error.message : String(error)}.`);
    await swarm[Symbol.asyncDispose]();
    return null;
  }
  teller.say('The Swarm is simulated; the docker CLI can talk to it, too:');
  teller.say(`DOCKER_HOST=${swarm.dockerHost}`);
  return {
    env: { ...env, DOCKER_HOST: swarm.dockerHost, DOCKER_TLS_VERIFY: '', DOCKER_CERT_PATH: '' },
    usualData: 'data/sandbox',
    scenarios: swarm.scenarios,
    tour: size === null ? tour : [],
    [Symbol.asyncDispose]: () => swarm[Symbol.asyncDispose](),
  };
}
