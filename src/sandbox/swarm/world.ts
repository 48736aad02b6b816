import type { Clock } from './clock.ts';
import { createContainers, type Containers } from './containers.ts';
import { taskIndex, type TaskIndex } from './task-index.ts';
import type { Keepsake, Network, Service, SwarmNode, Task } from './objects.ts';
import { createRandom, type Random } from './random.ts';
import { createRegistry, type Registry } from './registry.ts';
import { createSequence, createTable, type Sequence, type Table } from './table.ts';

/** Everything that a simulated Swarm knows, and the time that it lives in. */
export interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly sequence: Sequence;
  readonly services: Table<Service>;
  readonly tasks: Table<Task>;
  readonly nodes: Table<SwarmNode>;
  readonly networks: Table<Network>;
  readonly secrets: Table<Keepsake>;
  readonly configs: Table<Keepsake>;
  readonly tasksBy: TaskIndex;
  readonly containers: Containers;
  readonly registry: Registry;
  readonly clusterId: string;
  readonly createdAt: number;
  readonly settings: WorldSettings;
  /** What is out of order, for as long as it is. */
  readonly faults: { noLeader: boolean };
}

export interface WorldSettings {
  /** How many tasks are kept in a slot once they are over. */
  readonly taskHistory: number;
  /** Nodes tell that they are there so often, in milliseconds; after three times they count as down. */
  readonly heartbeat: number;
  /** What the engines say they are: `28.5.2`. */
  readonly engineVersion: string;
}

export function createWorld(clock: Clock, seed: number, settings: WorldSettings): World {
  const sequence = createSequence();
  const random = createRandom(seed);
  const tasks = createTable<Task>(clock, sequence);
  return {
    clock,
    random,
    sequence,
    services: createTable<Service>(clock, sequence),
    tasks,
    nodes: createTable<SwarmNode>(clock, sequence),
    networks: createTable<Network>(clock, sequence),
    secrets: createTable<Keepsake>(clock, sequence),
    configs: createTable<Keepsake>(clock, sequence),
    tasksBy: taskIndex(tasks),
    containers: createContainers(),
    registry: createRegistry(),
    clusterId: random.id(),
    createdAt: clock.now(),
    settings,
    faults: { noLeader: false },
  };
}
