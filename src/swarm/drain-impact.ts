import { takesTasks } from './eligible-nodes.ts';
import { naturalOrder } from './natural-order.ts';
import { type NodeLoad, nodeLoad, obstaclesInWords, placementObstacle, withTaskOf } from './node-load.ts';
import type { Node } from './node.ts';
import { serviceMode } from './service-mode.ts';
import type { Service } from './service.ts';
import { isOnNode } from './task-on-node.ts';
import { isMeantToStop } from './task-state.ts';
import type { Task } from './task.ts';

/** What a drain does to one service that has tasks on the node. */
export interface DrainedService {
  readonly id: string;
  readonly name: string;
  readonly tasks: number;
  /** `stops`: a global service, whose tasks belong to their node. `ends`: its restart policy starts no task again. */
  readonly fate: 'moves' | 'stops' | 'ends';
  /** How many of the tasks that would move seem to have no place elsewhere. */
  readonly stranded: number;
  /** Why, as far as it can be told from outside; '' when none is stranded. */
  readonly because: string;
}

/** A Swarm as it was read. */
export interface SwarmAtOnce {
  readonly nodes: readonly Node[];
  readonly services: readonly Service[];
  readonly tasks: readonly Task[];
}

/**
 * What draining a node does to what runs there, by name. It is a forecast: the tasks are placed one after the other, those
 * that fit the fewest nodes first, on the node that runs the fewest of their service, as the scheduler would; what else
 * happens in the Swarm meanwhile, nobody knows.
 */
export function drainImpact(node: Node, swarm: SwarmAtOnce): readonly DrainedService[] {
  const { services, tasks } = swarm;
  const here = tasks.filter((task) => isOnNode(task, node.ID) && !isMeantToStop(task.DesiredState));
  const byService = Map.groupBy(here, ({ ServiceID }) => ServiceID);
  const touched = services.flatMap((service) => {
    const count = byService.get(service.ID)?.length ?? 0;
    return count === 0 ? [] : [{ service, count }];
  });
  const stranded = placeElsewhere(
    touched.filter(({ service }) => drainFate(service) === 'moves'),
    node,
    swarm,
  );
  return touched
    .map(({ service, count }): DrainedService => ({
      id: service.ID,
      name: service.Spec.Name,
      tasks: count,
      fate: drainFate(service),
      stranded: stranded.get(service.ID)?.length ?? 0,
      because: stranded.get(service.ID)?.[0] ?? '',
    }))
    .toSorted((left, right) => naturalOrder(left.name, right.name));
}

interface Touched {
  readonly service: Service;
  readonly count: number;
}

/** @returns why, for each task that has no place, by service id. */
function placeElsewhere(
  touched: readonly Touched[],
  drained: Node,
  { nodes, services, tasks }: SwarmAtOnce,
): ReadonlyMap<string, readonly string[]> {
  const loads = new Map(
    nodes
      .filter((node) => node.ID !== drained.ID && takesTasks(node))
      .map((node) => [node.ID, nodeLoad(node, tasks, services)]),
  );
  const choice = ({ service }: Touched) =>
    [...loads.values()].filter((load) => placementObstacle(load, service) === undefined).length;
  const order = touched
    .map((each) => ({ ...each, choice: choice(each) }))
    .toSorted((left, right) => left.choice - right.choice || reserved(right) - reserved(left));
  const stranded = new Map<string, string[]>();
  for (const { service } of order.flatMap((each) => Array.from({ length: each.count }, () => each))) {
    const place = bestPlace([...loads.values()], service);
    if (typeof place === 'string') {
      stranded.set(service.ID, [...(stranded.get(service.ID) ?? []), place]);
    } else {
      loads.set(place.node.ID, withTaskOf(place, service));
    }
  }
  return stranded;
}

/** @returns why there is none, when there is none. */
function bestPlace(loads: readonly NodeLoad[], service: Service): NodeLoad | string {
  if (loads.length === 0) return 'no other node is ready and active';
  const looked = loads.map((load) => [placementObstacle(load, service), load] as const);
  const [best] = looked
    .flatMap(([obstacle, load]) => (obstacle === undefined ? [load] : []))
    .toSorted(
      (left, right) =>
        (left.tasks.get(service.ID) ?? 0) - (right.tasks.get(service.ID) ?? 0) || total(left) - total(right),
    );
  if (best !== undefined) return best;
  return obstaclesInWords(
    looked.flatMap(([obstacle, { node }]) => (obstacle === undefined ? [] : [[obstacle, node] as const])),
  );
}

/** What a drain does to a service's tasks. Source: swarmkit manager/orchestrator/restart/restart.go, shouldRestart. Seen on 28.5. */
export function drainFate({ Spec }: Service): DrainedService['fate'] {
  const mode = serviceMode(Spec);
  if (mode === 'global' || mode === 'global job') return 'stops';
  return Spec.TaskTemplate.RestartPolicy?.Condition === 'none' ? 'ends' : 'moves';
}

function reserved({ service }: Touched): number {
  return service.Spec.TaskTemplate.Resources?.Reservations?.MemoryBytes ?? 0;
}

function total({ tasks }: NodeLoad): number {
  return tasks.values().reduce((sum, count) => sum + count, 0);
}
