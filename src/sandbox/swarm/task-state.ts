/** In their order. Source: https://docs.docker.com/engine/swarm/how-swarm-mode-works/swarm-task-states/ */
const order = [
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
  'remove',
  'orphaned',
] as const;

export type TaskState = (typeof order)[number];

const ranks: ReadonlyMap<string, number> = new Map(order.map((state, rank) => [state, rank]));

/** Negative, 0 or positive, as `one` comes before, is, or comes after `other`. */
export function compareStates(one: TaskState, other: TaskState): number {
  return (ranks.get(one) ?? 0) - (ranks.get(other) ?? 0);
}

export function isTaskState(word: string): word is TaskState {
  return ranks.has(word);
}

/** Has it ended, one way or another? */
export function isOver(state: TaskState): boolean {
  return compareStates(state, 'running') > 0;
}
