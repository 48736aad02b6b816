import type { Node } from './node.ts';
import { replicasOf } from './replicas.ts';
import type { Service } from './service.ts';
import { isUnschedulable } from './task-error.ts';
import { isOnNode } from './task-on-node.ts';
import { isMeantToStop } from './task-state.ts';
import { type TaskTrouble, taskTrouble } from './task-trouble.ts';
import type { Task } from './task.ts';

/** What a drain takes off a node, as it was just before. */
export interface Drained {
  readonly nodeId: string;
  /** Tasks on the node. */
  readonly tasks: readonly Task[];
  /** Of these, the ones that are to be started elsewhere. */
  readonly moving: readonly Task[];
  /** Ids of tasks that are no successors of these: they were there before. */
  readonly known: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  readonly deadline: number;
}

/** A look at the Swarm: all tasks on the node, and all services, with their tasks, of what moves. */
export interface DrainLook {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly node: Node;
  readonly nodes: readonly Node[];
  readonly services: readonly Service[];
  readonly tasks: readonly Task[];
}

/** Since when, in milliseconds since 1970: a task elsewhere has no node, or isn't there at all, by task; the node is down. */
export interface DrainMemory {
  readonly stuckSince: ReadonlyMap<string, number>;
  readonly downSince: number | undefined;
}

/** What hinders a task that moves. */
export interface DrainTrouble extends TaskTrouble {
  /** The name of its service. */
  readonly service: string;
}

export interface DrainState {
  readonly kind: 'progressing' | 'ended';
  /** Tasks that are on the node still. */
  readonly left: number;
  /** Of those that move, how many run elsewhere again, or have done their job. */
  readonly elsewhere: number;
  /** How many move: fewer than at first when somebody scaled or removed a service. */
  readonly moving: number;
  /** What hinders the others, as far as that is known. */
  readonly troubles: readonly DrainTrouble[];
  /** The node is down: what is left on it can't be seen. */
  readonly isDown: boolean;
}

export const nothingDrained: DrainMemory = { stuckSince: new Map(), downSince: undefined };

/** How long, in milliseconds, a task may have no node, or the node be down, until that is a fact. */
const factAfter = 10_000;
/** A task that failed so often elsewhere doesn't run there. */
const mostFailures = 3;

/**
 * One look at a node that is being drained. It has ended when nothing of a service is on the node any more (or the node is
 * down, and can't tell), and everything that moves runs elsewhere or is known not to; or at the deadline.
 * There are no events of tasks (moby#37403): what became of a task is what its slot has now.
 */
export function observeDrain(
  memory: DrainMemory,
  look: DrainLook,
  drained: Drained,
): { readonly memory: DrainMemory; readonly state: DrainState } {
  const { at, node, nodes, tasks } = look;
  const left = tasks.filter((task) => isOnNode(task, drained.nodeId)).length;
  const downSince = node.Status.State === 'down' ? (memory.downSince ?? at) : undefined;
  const isDown = downSince !== undefined;
  const successors = drained.moving.flatMap((task) => {
    const service = wantedBy(task, look);
    return service ? [{ ...successorOf(task, look, drained), service: service.Spec.Name }] : [];
  });
  const stuckSince = new Map(
    successors.flatMap(({ task, fate }) =>
      fate === 'stuck' ? [[task.ID, memory.stuckSince.get(task.ID) ?? at] as const] : [],
    ),
  );
  const isSettled = ({ task, fate }: Successor) =>
    fate === 'there' || fate === 'failing' || at - (stuckSince.get(task.ID) ?? at) >= factAfter;
  const isEmpty = left === 0 || (downSince !== undefined && at - downSince >= factAfter);
  const hasEnded = (isEmpty && successors.every(isSettled)) || at >= drained.deadline;
  const troubled = successors.filter(({ fate }) => fate !== 'there');
  return {
    memory: { stuckSince, downSince },
    state: {
      kind: hasEnded ? 'ended' : 'progressing',
      left,
      elsewhere: successors.length - troubled.length,
      moving: successors.length,
      troubles: troubled.map(({ now, service }) => ({ ...taskTrouble(now, nodes), service })),
      isDown,
    },
  };
}

/**
 * The service that a task needs a successor for: not one that is gone, or that has as many tasks as it should without it,
 * because somebody scaled it meanwhile.
 */
function wantedBy(task: Task, { services, tasks }: DrainLook): Service | undefined {
  const service = services.find(({ ID }) => ID === task.ServiceID);
  if (service === undefined || service.JobStatus) return service;
  const others = tasks.filter(
    ({ ServiceID, DesiredState, Slot }) =>
      ServiceID === task.ServiceID && Slot !== task.Slot && !isMeantToStop(DesiredState),
  );
  const slots = new Set(others.map(({ Slot }) => Slot));
  return slots.size < (replicasOf(service.Spec) ?? 0) ? service : undefined;
}

interface Successor {
  /** The task on the drained node. */
  readonly task: Task;
  /** What its slot has now: itself, when there is nothing else. */
  readonly now: Task;
  readonly fate: 'there' | 'coming' | 'stuck' | 'failing';
}

function successorOf(task: Task, { tasks, nodes }: DrainLook, drained: Drained): Successor {
  const slot = tasks.filter(({ ServiceID, Slot }) => ServiceID === task.ServiceID && Slot === task.Slot);
  const others = slot.filter(({ ID, NodeID }) => !drained.known.has(ID) && NodeID !== drained.nodeId);
  const down = new Set(nodes.filter(({ Status }) => Status.State === 'down').map(({ ID }) => ID));
  const there = others.find(
    ({ Status, DesiredState, NodeID }) =>
      Status.State === 'complete' ||
      (Status.State === 'running' && !isMeantToStop(DesiredState) && !down.has(NodeID ?? '')),
  );
  if (there) return { task, now: there, fate: 'there' };
  const failed = others.filter(({ Status }) => Status.State === 'failed' || Status.State === 'rejected');
  const lastFailed = failed.at(-1);
  if (lastFailed && failed.length >= mostFailures) return { task, now: lastFailed, fate: 'failing' };
  const coming = others.find(({ DesiredState }) => !isMeantToStop(DesiredState));
  if (coming) return { task, now: coming, fate: isUnschedulable(coming) ? 'stuck' : 'coming' };
  const now = slot.find(({ ID }) => ID === task.ID) ?? task;
  return { task, now, fate: isMeantToStop(now.DesiredState) ? 'stuck' : 'coming' };
}
