import { serviceMode } from './service-mode.ts';
import type { Service } from './service.ts';
import type { TaskCounts } from './task-counts.ts';
import type { Task } from './task.ts';

type Progressed = Pick<Service, 'Spec' | 'UpdateStatus'>;

/**
 * What follows `2 of 5`: `running, 1 preparing, 2 starting; 1 stopping`; for jobs, `complete, 2 running`. While others run
 * with an older spec, `updated, 4 running, 1 preparing`: what isn't replaced yet is not out of service.
 */
export function progressLabel(service: Progressed, counts: TaskCounts): string {
  const { current, stopping } = counts;
  const goal = serviceMode(service.Spec).endsWith('job') ? 'complete' : 'running';
  const others = Map.groupBy(current, ({ Status }) => Status.State);
  others.delete(goal);
  const reached = goal === 'running' ? runningWords(service, counts) : goal;
  const states = [reached, ...[...others].map(([state, { length }]) => `${length} ${state}`)].join(', ');
  return stopping === 0 ? states : `${states}; ${stopping} stopping`;
}

function runningWords({ UpdateStatus }: Progressed, { done, running }: TaskCounts): string {
  if (running <= done) return 'running';
  const replaced = UpdateStatus?.State?.startsWith('rollback') ? 'rolled back' : 'updated';
  return `${replaced}, ${running} running`;
}

/** `2 of 5 running, 3 starting` */
export function progressWords(service: Progressed, counts: TaskCounts): string {
  return `${counts.done} of ${counts.total} ${progressLabel(service, counts)}`;
}

/** What most often holds up tasks that stay in a state without an error. */
export function heldUpBecause(current: readonly Task[]): readonly string[] {
  const states = new Set(current.filter(({ Status }) => !Status.Err).map(({ Status }) => Status.State));
  return [...states].flatMap((state) => likelyCauses.get(state) ?? []);
}

const likelyCauses: ReadonlyMap<string, string> = new Map([
  // https://github.com/moby/moby/issues/37073
  ['new', 'A task that stays new most often waits for an address: a network of the service has none left.'],
  ['preparing', 'A task that stays preparing most often pulls its image.'],
  ['starting', 'A task that stays starting most often waits for its health check.'],
]);
