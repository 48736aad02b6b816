import { serviceMode } from './service-mode.ts';
import type { Service } from './service.ts';
import { isUnschedulable } from './task-error.ts';
import { ofThisIteration, type ServiceSnapshot, slotKey } from './task-counts.ts';
import { isMeantToStop, isTerminal, isWaiting } from './task-state.ts';
import { timeOrder } from './time-order.ts';
import type { Task } from './task.ts';

/**
 * What was seen since a change began. Swarm keeps about five tasks a slot, so a fast crash loop wipes out its own
 * evidence: what failed is remembered here, by task id.
 */
export interface FailuresSeen {
  /** Tasks that had ended before the change: not of its doing. */
  readonly endedBefore: ReadonlySet<string>;
  /** Slots in which more than one task had failed before the change. */
  readonly failingBefore: ReadonlySet<string>;
  /**
   * Tasks that waited for a node when the service was changed. A scheduler that finds none for them once more gives them
   * up without a word: https://github.com/moby/moby/issues/53722.
   */
  readonly waitingBefore: ReadonlySet<string>;
  /** Tasks that bore what was asked for at some time: after a rollback they do no more, and are what led to it. */
  readonly ours: ReadonlySet<string>;
  /** Those of them that ended since, the oldest first, by slot. */
  readonly ended: ReadonlyMap<string, readonly Task[]>;
  /** Since when (milliseconds since 1970) the scheduler has had no node for a task, or has forgotten it, by task id. */
  readonly stuckSince: ReadonlyMap<string, number>;
  /** Since when slots stand empty whose task ended and isn't started again, by slot. */
  readonly emptySince: ReadonlyMap<string, number>;
}

export function noFailuresSeen(service: Service, tasks: readonly Task[]): FailuresSeen {
  const bySlot = Map.groupBy(tasks.filter(isFailed), slotKey(service));
  return {
    endedBefore: new Set(tasks.filter(({ Status }) => isTerminal(Status.State)).map(({ ID }) => ID)),
    failingBefore: new Set([...bySlot].filter(([, failed]) => failed.length > 1).map(([slot]) => slot)),
    waitingBefore: new Set(waitingTasks(tasks).map(({ ID }) => ID)),
    ours: new Set(),
    ended: new Map(),
    stuckSince: new Map(),
    emptySince: new Map(),
  };
}

/** Tasks that are to run and have no node yet. */
export function waitingTasks(tasks: readonly Task[]): readonly Task[] {
  return tasks.filter(({ DesiredState, Status }) => !isMeantToStop(DesiredState) && isWaiting(Status.State));
}

/** Adds what a snapshot shows; `stopping` says whether tasks are still giving up what others may wait for. */
export function withFailuresOf(
  seen: FailuresSeen,
  snapshot: ServiceSnapshot,
  stopping: boolean,
): FailuresSeen {
  const { at, service, tasks } = snapshot;
  const slotOf = slotKey(service);
  const current = ofThisIteration(service, snapshot.upToDate);
  const ours = new Set([...seen.ours, ...current.map(({ ID }) => ID)]);
  const ended = new Map(seen.ended);
  const counts = serviceMode(service.Spec).endsWith('job') ? isFailed : hasEnded;
  const news = tasks.filter((task) => counts(task) && isOfThisChange(task, ours, seen));
  for (const task of news.toSorted((a, b) => timeOrder(a.Status.Timestamp, b.Status.Timestamp))) {
    const slot = slotOf(task);
    const known = ended.get(slot) ?? [];
    if (known.every(({ ID }) => ID !== task.ID)) ended.set(slot, [...known, task]);
  }
  const stuck = stopping
    ? []
    : waitingTasks(current).filter((task) => isUnschedulable(task) || seen.waitingBefore.has(task.ID));
  const alive = new Set(tasks.filter(({ DesiredState }) => !isMeantToStop(DesiredState)).map(slotOf));
  // A slot that a scale-down took away has no tasks left at all.
  const present = new Set(current.map(slotOf));
  const empty = [...ended.keys()].filter((slot) => !alive.has(slot) && present.has(slot));
  return {
    ...seen,
    ours,
    ended,
    stuckSince: since(
      seen.stuckSince,
      stuck.map(({ ID }) => ID),
      at,
    ),
    emptySince: since(seen.emptySince, empty, at),
  };
}

function since(
  before: ReadonlyMap<string, number>,
  now: readonly string[],
  at: number,
): ReadonlyMap<string, number> {
  return new Map(now.map((key) => [key, before.get(key) ?? at]));
}

/** What a scale-down removes is meant to end; what an update or a drain stops ends as `shutdown`, which isn't a failure. */
function isOfThisChange({ ID, DesiredState }: Task, ours: ReadonlySet<string>, seen: FailuresSeen): boolean {
  return DesiredState !== 'remove' && ours.has(ID) && !seen.endedBefore.has(ID);
}

function isFailed({ Status }: Task): boolean {
  return Status.State === 'failed' || Status.State === 'rejected';
}

/** A service's task is meant to run for ever: one that completes is lost as well. */
function hasEnded(task: Task): boolean {
  return isFailed(task) || task.Status.State === 'complete';
}
