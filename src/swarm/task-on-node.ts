import { isTerminal, taskStateRank } from './task-state.ts';
import type { Task } from './task.ts';

const assigned = taskStateRank('assigned') ?? 0;

/**
 * Is a task of a service on this node, from when it was given to it until it has ended, whether it is to stop or not?
 * Containers that were attached to a network by hand are tasks too, but no service's; draining a node leaves them alone.
 */
export function isOnNode({ ServiceID, NodeID, Status }: Task, nodeId: string): boolean {
  return (
    Boolean(ServiceID) &&
    NodeID === nodeId &&
    (taskStateRank(Status.State) ?? -1) >= assigned &&
    !isTerminal(Status.State)
  );
}
