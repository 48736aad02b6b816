import type { Task } from '../objects.ts';
import { compareStates, isOver } from '../task-state.ts';
import type { World } from '../world.ts';
import { hostPortsOf } from './filters.ts';

/** What the tasks on a node take of it. Memory in bytes, CPUs in billionths. */
export interface NodeUse {
  cpus: number;
  memory: number;
  active: number;
  readonly byService: Map<string, number>;
  readonly hostPorts: Set<string>;
  /** When tasks failed here, by service and version of its spec. */
  readonly failures: Map<string, readonly number[]>;
}

/** Swarmkit looks for another node when a service's tasks failed so often on one, within so many milliseconds. */
const maxFailures = 5;
const failureWindow = 5 * 60_000;

/** Keeps count of what each node's tasks take, write by write. */
export function createNodeUses(world: World): (nodeId: string) => NodeUse {
  const uses = new Map<string, NodeUse>();
  const useOf = (nodeId: string) => {
    const known = uses.get(nodeId);
    if (known !== undefined) return known;
    const use: NodeUse = {
      cpus: 0,
      memory: 0,
      active: 0,
      byService: new Map(),
      hostPorts: new Set(),
      failures: new Map(),
    };
    uses.set(nodeId, use);
    return use;
  };
  world.tasks.on(({ action, object, old }) => {
    if (old !== undefined) count(old, -1);
    if (action !== 'remove') count(object, 1);
    else count(object, -1);
    const hasFailed = object.Status.State === 'failed' || object.Status.State === 'rejected';
    if (hasFailed && old !== undefined && !isOver(old.Status.State)) noteFailure(object);
  });

  function count(task: Task, sign: 1 | -1): void {
    if (task.NodeID === '' || isOver(task.Status.State)) return;
    if (compareStates(task.Status.State, 'assigned') < 0) return;
    const use = useOf(task.NodeID);
    const { NanoCPUs, MemoryBytes } = task.Spec.Resources?.Reservations ?? {};
    use.cpus += sign * (NanoCPUs ?? 0);
    use.memory += sign * (MemoryBytes ?? 0);
    for (const port of hostPortsOf(task)) {
      if (sign > 0) use.hostPorts.add(port);
      else use.hostPorts.delete(port);
    }
    if (compareStates(task.DesiredState, 'complete') > 0) return;
    use.active += sign;
    use.byService.set(task.ServiceID, (use.byService.get(task.ServiceID) ?? 0) + sign);
  }

  function noteFailure(task: Task): void {
    const { failures } = useOf(task.NodeID);
    const now = world.clock.now();
    const recent = (failures.get(failureKey(task)) ?? []).filter((at) => now - at < failureWindow);
    failures.set(failureKey(task), [...recent, now]);
  }

  return useOf;
}

/** How much a node is to be avoided for a task because others like it failed there. */
export function failureWeight(use: NodeUse, task: Task, now: number): number {
  if (use.failures.size === 0) return 0;
  const recent = (use.failures.get(failureKey(task)) ?? []).filter((at) => now - at < failureWindow).length;
  return recent >= maxFailures ? recent : 0;
}

function failureKey({ ServiceID, SpecVersion }: Task): string {
  return `${ServiceID}/${SpecVersion}`;
}
