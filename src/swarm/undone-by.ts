import type { Failed, Followed, Overtaken, Progressing } from './convergence-state.ts';
import { progressLabel, progressWords } from './progress-label.ts';
import { type ServiceSnapshot, taskCounts } from './task-counts.ts';
import { updateReason } from './update-reason.ts';
import type { TaskTrouble } from './task-trouble.ts';

/**
 * What took back a change that stands no more, or undefined while it stands. A rollback of Swarm's own empties PreviousSpec;
 * one that was asked for swaps it with Spec, which is somebody else's doing.
 * Source: swarmkit manager/orchestrator/update/updater.go, rollbackUpdate; manager/controlapi/service.go, UpdateService.
 * @param reason what Swarm gave when its rollback began; it isn't repeated at the end, and may never have been seen
 */
export function undoneBy(
  snapshot: ServiceSnapshot,
  followed: Followed,
  reason: string | undefined,
  troubles: readonly TaskTrouble[],
): Failed | Overtaken | Progressing | undefined {
  const { service, at } = snapshot;
  const { name, stands, describe } = followed;
  if (stands(service.Spec)) return undefined;
  const now = `${name} is at ${describe(service.Spec)} now.`;
  const state = service.UpdateStatus?.State ?? '';
  if (!state.startsWith('rollback')) {
    return { kind: 'overtaken', by: 'change', sentence: `Somebody else changed it meanwhile: ${now}` };
  }
  if (service.PreviousSpec) {
    return { kind: 'overtaken', by: 'rollback', sentence: `Somebody else rolled it back meanwhile: ${now}` };
  }
  const cause = reason ?? troubles.findLast((trouble) => trouble.cause !== '')?.cause;
  const because = cause === undefined ? '' : ` (${cause})`;
  const counts = taskCounts(snapshot);
  if (state === 'rollback_started' && at < followed.deadline) {
    const { done, total } = counts;
    const label = `${progressLabel(service, counts)}; rolling back${because}`;
    return { kind: 'progressing', done, total, label, troubles };
  }
  if (state === 'rollback_paused') {
    const cause = updateReason(service) ?? 'no reason given';
    const sentence = `Swarm began to roll ${name} back, and the rollback is paused: ${cause}. ${progressWords(service, counts)}.`;
    return { kind: 'failed', why: 'rollback-paused', sentence, troubles };
  }
  const verb = state === 'rollback_started' ? 'is rolling' : 'rolled';
  return {
    kind: 'failed',
    why: 'rolled-back',
    sentence: `Swarm ${verb} ${name} back${because}: ${now}`,
    troubles,
  };
}
