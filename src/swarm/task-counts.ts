import { eligibleNodes } from './eligible-nodes.ts';
import type { Node } from './node.ts';
import { isDown } from './running-on-down-nodes.ts';
import { serviceMode } from './service-mode.ts';
import type { Service } from './service.ts';
import { isMeantToStop, isTerminal, taskStateRank } from './task-state.ts';
import type { Task } from './task.ts';

/** One service, its tasks and all nodes, as read at one time (milliseconds since 1970). */
export interface ServiceSnapshot {
  readonly at: number;
  readonly service: Service;
  /** The tasks that bear the service's present spec (`_up-to-date`). */
  readonly upToDate: readonly Task[];
  readonly tasks: readonly Task[];
  readonly nodes: readonly Node[];
}

export interface TaskCounts {
  /** Running; for jobs, complete. */
  readonly done: number;
  readonly total: number;
  /** Slots, or nodes of a global service, in which a task runs, whichever spec it bears: `done` and those still to be replaced. */
  readonly running: number;
  /** The task that speaks for each slot, or for each node of a global service. */
  readonly current: readonly Task[];
  /** Meant to stop, and not yet stopped. */
  readonly stopping: number;
  /** Meant to stop, on nodes that are down: nobody knows whether they run. */
  readonly unconfirmed: readonly Task[];
}

/**
 * How far a service is on the way to what its spec asks for, by the docker CLI's rules, and beyond them: tasks that have
 * to stop are counted too, and a global service is measured against the nodes that should run it.
 * Source: docker/cli v28 cli/command/service/progress/progress.go.
 */
export function taskCounts(snapshot: ServiceSnapshot): TaskCounts {
  const { service, nodes } = snapshot;
  const down = new Set(nodes.filter(isDown).map(({ ID }) => ID));
  const leaving = snapshot.tasks.filter(isLeaving);
  const unconfirmed = leaving.filter(({ NodeID }) => down.has(NodeID ?? ''));
  const present = counted(service, snapshot, down);
  const inPlace = [...present.current.filter(isRunning), ...toReplace(snapshot, down)];
  return {
    ...present,
    running: new Set(inPlace.map(slotKey(service))).size,
    stopping: leaving.length - unconfirmed.length,
    unconfirmed,
  };
}

/** What runs with an older spec, and hasn't been told to stop. */
function toReplace({ tasks, upToDate }: ServiceSnapshot, down: ReadonlySet<string>): readonly Task[] {
  const present = new Set(upToDate.map(({ ID }) => ID));
  return tasks.filter((task) => isRunning(task) && !present.has(task.ID) && !down.has(task.NodeID ?? ''));
}

type Counted = Pick<TaskCounts, 'done' | 'total' | 'current'>;

function counted(service: Service, snapshot: ServiceSnapshot, down: ReadonlySet<string>): Counted {
  const { upToDate, nodes } = snapshot;
  const known = upToDate.filter(isKnown);
  switch (serviceMode(service.Spec)) {
    case 'replicated': {
      const present = known.filter(({ NodeID }) => !down.has(NodeID ?? ''));
      const current = onePer(present, slotOf, byDesiredState);
      return {
        done: current.filter(isRunning).length,
        total: service.Spec.Mode?.Replicated?.Replicas ?? 1,
        current,
      };
    }
    case 'global': {
      const wanted = new Set(eligibleNodes(service.Spec, nodes).map(({ ID }) => ID));
      const current = onePer(known, nodeOf, byDesiredState).filter(({ NodeID }) => wanted.has(NodeID ?? ''));
      return { done: current.filter(isRunning).length, total: wanted.size, current };
    }
    case 'replicated job': {
      const current = onePer(ofThisIteration(service, known), slotOf, byState);
      return {
        done: current.filter(isComplete).length,
        total: service.Spec.Mode?.ReplicatedJob?.TotalCompletions ?? 1,
        current,
      };
    }
    case 'global job': {
      const wanted = new Set(eligibleNodes(service.Spec, nodes).map(({ ID }) => ID));
      const current = onePer(ofThisIteration(service, known), nodeOf, byState);
      for (const { NodeID } of current) if (NodeID) wanted.add(NodeID);
      return { done: current.filter(isComplete).length, total: wanted.size, current };
    }
  }
}

/** What a slot of this service is called, whatever its mode: the node for global ones. */
export function slotKey(service: Pick<Service, 'Spec'>): (task: Task) => string {
  const mode = serviceMode(service.Spec);
  return mode === 'global' || mode === 'global job' ? nodeOf : slotOf;
}

/** Tasks of a job's present run; of services that are no jobs, all. */
export function ofThisIteration({ JobStatus }: Service, tasks: readonly Task[]): readonly Task[] {
  if (!JobStatus) return tasks;
  const now = JobStatus.JobIteration?.Index ?? 0;
  return tasks.filter(({ JobIteration }) => (JobIteration?.Index ?? 0) === now);
}

function onePer(
  tasks: readonly Task[],
  key: (task: Task) => string,
  order: (left: Task, right: Task) => number,
): readonly Task[] {
  const chosen = new Map<string, Task>();
  for (const task of tasks) {
    const other = chosen.get(key(task));
    if (!other || order(task, other) < 0) chosen.set(key(task), task);
  }
  return [...chosen.values()];
}

function slotOf({ Slot }: Task): string {
  return String(Slot ?? 0);
}

function nodeOf({ NodeID }: Task): string {
  return NodeID ?? '';
}

function byDesiredState(left: Task, right: Task): number {
  return rank(left.DesiredState) - rank(right.DesiredState) || byState(left, right);
}

function byState(left: Task, right: Task): number {
  return rank(left.Status.State) - rank(right.Status.State);
}

function rank(state: string): number {
  return taskStateRank(state) ?? Number.MAX_SAFE_INTEGER;
}

function isKnown({ DesiredState, Status }: Task): boolean {
  return taskStateRank(DesiredState) !== undefined && taskStateRank(Status.State) !== undefined;
}

function isRunning({ DesiredState, Status }: Task): boolean {
  return !isMeantToStop(DesiredState) && Status.State === 'running';
}

function isComplete({ Status }: Task): boolean {
  return Status.State === 'complete';
}

function isLeaving({ DesiredState, Status, NodeID }: Task): boolean {
  return isMeantToStop(DesiredState) && Boolean(NodeID) && !isTerminal(Status.State);
}
