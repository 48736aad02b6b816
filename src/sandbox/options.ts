import { parseArgs } from 'node:util';
import type { FleetSize } from './swarm/fleet.ts';

export const usage = `npm run sandbox -- [OPTIONS]

  --port N          serve the page on this port, 0 for any that is free (7788, or another when that is taken)
  --data FOLDER     keep the bot's state there, for one sandbox at a time (data/sandbox; data/sandbox-engine with a real engine)
  --help

Without more, it starts with a simulated Swarm of five nodes and a small shop of services.

  --scenario NAME   set off a scenario at once; may be repeated
  --services N --tasks N --nodes N
                    simulate as many instead (each left out is 10, 100 and 5)
  --engine HOST     use a real engine instead: unix:///var/run/docker.sock, tcp://… or ssh://… (DOCKER_HOST, when it is set)
`;

/** What the sandbox is started with. */
export interface SandboxOptions {
  /** Null for the usual port, or another when that one is taken. */
  readonly port: number | null;
  /** Null for the usual folder of its kind of engine. */
  readonly data: string | null;
  /** A real engine's address. */
  readonly engine: string | null;
  /** How large a simulated Swarm; null for the sample shop. */
  readonly fleet: FleetSize | null;
  /** Names of scenarios. */
  readonly scenarios: readonly string[];
  readonly help: boolean;
}

const text = { type: 'string' } as const;
const most = { port: 65_535, services: 10_000, tasks: 100_000, nodes: 1000 } as const;

/** @throws Error with a sentence that says what is wrong. */
export function readOptions(words: readonly string[]): SandboxOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      port: text,
      data: text,
      engine: text,
      services: text,
      tasks: text,
      nodes: text,
      scenario: { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const { engine, scenario: scenarios = [], services, tasks, nodes } = values;
  const isFleet = [services, tasks, nodes].some((size) => size !== undefined);
  if (engine !== undefined && (isFleet || scenarios.length > 0)) {
    throw new Error(
      '--scenario, --services, --tasks and --nodes are for a simulated Swarm, --engine for a real one.',
    );
  }
  return {
    port: values.port === undefined ? null : number('port', values.port, 0),
    data: values.data ?? null,
    engine: engine ?? null,
    fleet: isFleet
      ? {
          services: number('services', services ?? '10', 1),
          tasks: number('tasks', tasks ?? '100', 0),
          nodes: number('nodes', nodes ?? '5', 1),
        }
      : null,
    scenarios,
    help: values.help ?? false,
  };
}

function number(flag: keyof typeof most, given: string, least: number): number {
  const value = /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (value >= least && value <= most[flag]) return value;
  throw new Error(`--${flag} takes a whole number from ${least} to ${most[flag]}, not "${given}".`);
}
