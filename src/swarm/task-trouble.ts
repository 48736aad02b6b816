import type { Node } from './node.ts';
import { nodeName } from './node-name.ts';
import { taskError } from './task-error.ts';
import type { Task } from './task.ts';

/** A task that failed or can't start, as it is told. */
export interface TaskTrouble {
  readonly task: string;
  /** `slot 2` of what is replicated; '' for tasks that have none. */
  readonly slot: string;
  /** The node's name; '' for a task that never got to one. */
  readonly node: string;
  readonly state: string;
  /** Why, in people's words; '' when the engine said nothing. */
  readonly cause: string;
  /** The engine's own words. */
  readonly error: string;
  readonly exitCode: number | null;
}

export function taskTrouble(task: Task, nodes: readonly Node[]): TaskTrouble {
  const node = nodes.find(({ ID }) => ID === task.NodeID);
  return {
    task: task.ID,
    slot: task.Slot ? `slot ${task.Slot}` : '',
    node: node ? nodeName(node) : (task.NodeID ?? ''),
    state: task.Status.State,
    cause: taskError(task),
    error: task.Status.Err ?? '',
    exitCode: exitCode(task),
  };
}

/** The engine leaves out a zero, and gives one for tasks that never had a container too. */
function exitCode({ Status }: Task): number | null {
  if (Status.State === 'complete') return 0;
  return Status.ContainerStatus?.ExitCode || null;
}
