import { nodeName } from './node-name.ts';
import type { Node } from './node.ts';
import type { Service } from './service.ts';
import type { Task } from './task.ts';

/** Tasks of one service that a down node took with it. */
export interface LostTasks {
  readonly tasks: number;
  /** The names of the nodes, in order. */
  readonly nodes: readonly string[];
}

/**
 * Finds the tasks that REPLICAS counts as running although their node is down: nobody knows whether they still run.
 * They are counted as the Swarm counts: whatever was last heard of as running, of the current iteration for jobs.
 * Source: https://github.com/moby/moby/issues/45922 and swarmkit manager/controlapi, ListServiceStatuses.
 * @returns by the service's id; services without such tasks are not in it.
 */
export function runningOnDownNodes(
  services: readonly Service[],
  tasks: readonly Task[],
  nodes: readonly Node[],
): ReadonlyMap<string, LostTasks> {
  const down = new Map(nodes.filter(isDown).map((node) => [node.ID, nodeName(node)]));
  const byService = Map.groupBy(tasks, ({ ServiceID }) => ServiceID);
  const lost = new Map<string, LostTasks>();
  for (const service of services) {
    const counted = (byService.get(service.ID) ?? []).filter((task) => isCounted(service, task));
    const names = counted.flatMap(({ NodeID }) => down.get(NodeID ?? '') ?? []);
    if (names.length > 0) {
      lost.set(service.ID, { tasks: names.length, nodes: [...new Set(names)].toSorted() });
    }
  }
  return lost;
}

export function isDown({ Status }: Pick<Node, 'Status'>): boolean {
  return Status.State === 'down';
}

function isCounted({ JobStatus }: Service, { Status, JobIteration }: Task): boolean {
  if (Status.State !== 'running') return false;
  return !JobStatus || (JobIteration?.Index ?? 0) === (JobStatus.JobIteration?.Index ?? 0);
}
