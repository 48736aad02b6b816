import type { Failed, FailedBecause, Followed } from './convergence-state.ts';
import { elapsed } from './elapsed.ts';
import type { FailuresSeen } from './failures-seen.ts';
import { heldUpBecause, progressWords } from './progress-label.ts';
import type { ServiceSnapshot, TaskCounts } from './task-counts.ts';
import { taskError } from './task-error.ts';
import { isTerminal } from './task-state.ts';
import { updateReason } from './update-reason.ts';
import { type TaskTrouble, taskTrouble } from './task-trouble.ts';
import type { Task } from './task.ts';

/** Failures of the same slot that make a loop: the third shows that a restart doesn't help. */
const crashLoop = 3;
/** How long, in milliseconds, a task may have no node, or a slot no task, until that is a fact. */
const stuckAfter = 10_000;

/** Why a change that stands won't get there without help, or undefined when nothing says so yet. */
export function convergenceFailure(
  failures: FailuresSeen,
  snapshot: ServiceSnapshot,
  counts: TaskCounts,
  { name }: Followed,
): Failed | undefined {
  const { service, at } = snapshot;
  const failed = (why: FailedBecause, sentence: string): Failed => ({
    kind: 'failed',
    why,
    sentence,
    troubles: troublesSeen(failures, snapshot, counts),
  });
  const reason = updateReason(service) ?? 'no reason given';
  const progress = `${progressWords(service, counts)}.`;
  if (service.UpdateStatus?.State === 'paused') {
    return failed('paused', `The update of ${name} is paused: ${reason}. ${progress}`);
  }
  if (service.UpdateStatus?.State === 'rollback_paused') {
    return failed('rollback-paused', `The rollback of ${name} is paused: ${reason}. ${progress}`);
  }
  const looping = [...failures.ended].find(([, ended]) => ended.length >= crashLoop);
  if (looping) {
    const [, ended] = looping;
    const before = [...failures.ended.keys()].some((slot) => failures.failingBefore.has(slot))
      ? ' They failed before this change, too.'
      : '';
    return failed(
      'crash-loop',
      `Tasks of ${name} fail again and again${lastWords(ended.at(-1))}.${before} Swarm goes on restarting them.`,
    );
  }
  const empty = [...failures.emptySince].find(([, since]) => at - since >= stuckAfter);
  if (empty) {
    const last = failures.ended.get(empty[0])?.at(-1);
    return failed(
      'not-restarted',
      `A task of ${name} ended${lastWords(last)}. Its restart policy doesn’t start it again.`,
    );
  }
  const stuck = [...failures.stuckSince].filter(([, since]) => at - since >= stuckAfter).map(([id]) => id);
  if (stuck.length === 0) return undefined;
  const sentences = [
    ...unplacedWords(
      name,
      snapshot,
      stuck.filter((id) => !failures.waitingBefore.has(id)),
    ),
    progress,
    ...forgottenWords(name, counts.done, stuck.filter((id) => failures.waitingBefore.has(id)).length),
  ];
  return failed('unschedulable', sentences.join(' '));
}

function unplacedWords(
  name: string,
  { upToDate }: ServiceSnapshot,
  stuck: readonly string[],
): readonly string[] {
  if (stuck.length === 0) return [];
  const cause = lastWords(upToDate.find(({ ID }) => ID === stuck[0]));
  return [`${taskWord(stuck.length)} of ${name} can’t be placed${cause}. Swarm goes on trying.`];
}

/** Source: https://github.com/moby/moby/issues/53722; the way out was seen to help on 20.10 and 28.5. */
function forgottenWords(name: string, running: number, count: number): readonly string[] {
  if (count === 0) return [];
  return [
    `${taskWord(count)} of ${name} waited for a node before this change, and Swarm forgets such tasks: it won’t place ` +
      `${count === 1 ? 'it' : 'them'} even when a node fits. Scale ${name} to ${running} and up again to have new ones.`,
  ];
}

/** The deadline passed without an end. */
export function outOfTime(
  failures: FailuresSeen,
  snapshot: ServiceSnapshot,
  counts: TaskCounts,
  { startedAt }: Followed,
): Failed {
  const sentences = [
    `After ${elapsed(snapshot.at - startedAt)}, ${progressWords(snapshot.service, counts)}.`,
    ...heldUpBecause(counts.current),
    'Swarm goes on; Shipmate no longer follows.',
  ];
  const troubles = troublesSeen(failures, snapshot, counts);
  return { kind: 'failed', why: 'deadline', sentence: sentences.join(' '), troubles };
}

/** The last failure of each slot, and what hinders the tasks that are there now. */
export function troublesSeen(
  failures: FailuresSeen,
  { nodes }: ServiceSnapshot,
  { current }: TaskCounts,
): readonly TaskTrouble[] {
  const ended = [...failures.ended.values()].flatMap((tasks) => tasks.slice(-1));
  const hindered = current.filter(({ Status }) => Status.Err && !isTerminal(Status.State));
  return [...ended, ...hindered].map((task) => taskTrouble(task, nodes));
}

export function taskWord(count: number): string {
  return count === 1 ? '1 task' : `${count} tasks`;
}

function lastWords(task: Task | undefined): string {
  const error = task ? taskError(task) : '';
  return error === '' ? '' : `: ${error}`;
}
