/** A task's states in the docker CLI's order, from `new` to its end: `orphaned` and `remove` have no place in it. */
export const orderedTaskStates = [
  'new',
  'allocated',
  'pending',
  'assigned',
  'accepted',
  'preparing',
  'ready',
  'starting',
  'running',
  'complete',
  'shutdown',
  'failed',
  'rejected',
] as const;

/**
 * Where a state stands on a task's way from `new` to its end, or undefined for `orphaned`, `remove` and states that
 * aren't known: the docker CLI leaves tasks that are in one of those out of its counts.
 * Source: docker/cli cli/command/service/progress/progress.go, numberedStates.
 */
export function taskStateRank(state: string): number | undefined {
  const rank = orderedTaskStates.findIndex((known) => known === state);
  return rank < 0 ? undefined : rank;
}

const running = orderedTaskStates.indexOf('running');
const complete = orderedTaskStates.indexOf('complete');
const assigned = orderedTaskStates.indexOf('assigned');

/** Has a task in this state ended? */
export function isTerminal(state: string): boolean {
  return (taskStateRank(state) ?? orderedTaskStates.length) > running;
}

/** Does this desired state take the task away? `complete` does not: it is what a job's task is meant to reach. */
export function isMeantToStop(desiredState: string): boolean {
  return (taskStateRank(desiredState) ?? orderedTaskStates.length) > complete;
}

/** Does a task in this state still wait to be given a node? */
export function isWaiting(state: string): boolean {
  return (taskStateRank(state) ?? orderedTaskStates.length) < assigned;
}
