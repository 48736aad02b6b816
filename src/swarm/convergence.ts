import { convergenceFailure, outOfTime, taskWord, troublesSeen } from './convergence-failure.ts';
import type { Converged, Convergence, Followed, Holding } from './convergence-state.ts';
import { elapsed } from './elapsed.ts';
import { type FailuresSeen, noFailuresSeen, withFailuresOf } from './failures-seen.ts';
import { nodeName } from './node-name.ts';
import type { Node } from './node.ts';
import { progressLabel } from './progress-label.ts';
import type { Service } from './service.ts';
import { type ServiceSnapshot, type TaskCounts, taskCounts } from './task-counts.ts';
import type { Task } from './task.ts';
import { undoneBy } from './undone-by.ts';
import { updateReason } from './update-reason.ts';

/** What is remembered from one look to the next. */
export interface ConvergenceMemory {
  readonly failures: FailuresSeen;
  /** Since when all that is wanted runs, without a break that was seen. Milliseconds since 1970. */
  readonly runningSince: number | undefined;
  /** What Swarm gave as its reason when it began to roll back. */
  readonly rollbackReason: string | undefined;
}

/** Swarm's own default for `UpdateConfig.Monitor`, in milliseconds. */
const defaultMonitor = 5000;

/** @param tasks all the service's tasks, read before the change was sent. */
export function beginConvergence(service: Service, tasks: readonly Task[]): ConvergenceMemory {
  return { failures: noFailuresSeen(service, tasks), runningSince: undefined, rollbackReason: undefined };
}

/**
 * One look at a service that was changed: how far is it? `converged`, `failed` and `overtaken` are ends; a failure says
 * that the Swarm didn't get there, not that it stops trying.
 * An UpdateStatus that is seen is of this change or of a later one, never an old one's: every update clears it.
 * Source: docker/cli v28 cli/command/service/progress/progress.go; swarmkit manager/controlapi/service.go, UpdateService.
 */
export function observeConvergence(
  memory: ConvergenceMemory,
  snapshot: ServiceSnapshot,
  followed: Followed,
): { readonly memory: ConvergenceMemory; readonly state: Convergence } {
  const { service, at } = snapshot;
  const counts = taskCounts(snapshot);
  // What is read in the old version says nothing of the change.
  const isNews = service.Version.Index > followed.over;
  const failures = isNews ? withFailuresOf(memory.failures, snapshot, counts.stopping > 0) : memory.failures;
  const troubles = troublesSeen(failures, snapshot, counts);
  const { done, total } = counts;
  const label = progressLabel(service, counts);
  const progressing: Convergence = { kind: 'progressing', done, total, label, troubles };
  if (!isNews) return { memory, state: progressing };

  const runningSince = done === total ? (memory.runningSince ?? at) : undefined;
  const isRollingBack = service.UpdateStatus?.State === 'rollback_started';
  const rollbackReason = isRollingBack ? updateReason(service) : memory.rollbackReason;
  const state =
    undoneBy(snapshot, followed, rollbackReason, troubles) ??
    convergenceFailure(failures, snapshot, counts, followed) ??
    (runningSince !== undefined && isSettled(service, counts)
      ? settled(runningSince, snapshot, followed, counts)
      : undefined) ??
    (at < followed.deadline ? progressing : atDeadline(failures, snapshot, followed, counts));
  return { memory: { failures, runningSince, rollbackReason }, state };
}

function isSettled(service: Service, { done, total, stopping }: TaskCounts): boolean {
  return done === total && stopping === 0 && !isUpdating(service);
}

/** Swarm goes on watching an update after its last task runs, and may still pause it or roll it back. */
function isUpdating({ UpdateStatus }: Service): boolean {
  return UpdateStatus?.State === 'updating' || UpdateStatus?.State === 'rollback_started';
}

/**
 * Jobs stay done; what runs has to go on running for the monitor time, or up to the deadline. That time passes while others
 * are still being stopped, as it does for the CLI, and while Swarm watches an update itself.
 */
function settled(
  since: number,
  { at, service, nodes }: ServiceSnapshot,
  { deadline }: Followed,
  counts: TaskCounts,
): Holding | Converged {
  const { done, total } = counts;
  const rollingBack = service.UpdateStatus?.State?.startsWith('rollback') === true;
  const config = rollingBack ? service.Spec.RollbackConfig : service.Spec.UpdateConfig;
  const monitor = (config?.Monitor ?? 0) / 1e6 || defaultMonitor;
  const until = since + (service.JobStatus ? 0 : monitor);
  if (at < until && at < deadline) return { kind: 'holding', done, total, since, until };
  const cutShort =
    at < until ? [`It was watched for ${elapsed(at - since)}; its monitor time is ${elapsed(monitor)}.`] : [];
  const label = progressLabel(service, counts);
  return { kind: 'converged', done, total, label, notes: [...cutShort, ...leftOver(counts, nodes)] };
}

/** A task that takes long to stop doesn't make a failure of what runs as asked for. */
function atDeadline(
  failures: FailuresSeen,
  snapshot: ServiceSnapshot,
  followed: Followed,
  counts: TaskCounts,
): Convergence {
  const { done, total } = counts;
  if (done !== total || isUpdating(snapshot.service)) return outOfTime(failures, snapshot, counts, followed);
  const label = progressLabel(snapshot.service, counts);
  return { kind: 'converged', done, total, label, notes: leftOver(counts, snapshot.nodes) };
}

function leftOver({ stopping, unconfirmed }: TaskCounts, nodes: readonly Node[]): readonly string[] {
  const those = stopping === 1 ? 'it runs' : 'they run';
  return [
    ...(stopping === 0
      ? []
      : [`${taskWord(stopping)} still being stopped: what ${those} doesn’t end when asked to.`]),
    ...nodes.flatMap((node) => unseenOn(node, unconfirmed)),
  ];
}

function unseenOn(node: Node, unconfirmed: readonly Task[]): readonly string[] {
  const count = unconfirmed.filter(({ NodeID }) => NodeID === node.ID).length;
  if (count === 0) return [];
  return [
    `${nodeName(node)} is down: whether ${taskWord(count)} stopped there can’t be seen until it is back.`,
  ];
}
