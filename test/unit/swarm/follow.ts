import type { Convergence, Followed } from '../../../src/swarm/convergence-state.ts';
import { beginConvergence, observeConvergence } from '../../../src/swarm/convergence.ts';
import { replicasOf, replicasWords } from '../../../src/swarm/replicas.ts';
import type { Service } from '../../../src/swarm/service.ts';
import type { ServiceSnapshot } from '../../../src/swarm/task-counts.ts';
import type { Task } from '../../../src/swarm/task.ts';
import { replicated, snapshot, task } from './snapshots.ts';

/** One look: seconds since the change, and what there is then. */
export type Look = Partial<ServiceSnapshot> & { readonly at: number; readonly tasks: readonly Task[] };

/** What was seen last, of a service that asks for `asked` replicas from version 10 on. */
export function follow(
  looks: readonly Look[],
  {
    asked = 2,
    now = replicated(asked),
    before = [],
  }: { asked?: number; now?: Service; before?: readonly Task[] } = {},
): Convergence {
  const followed: Followed = {
    name: 'web',
    over: 10,
    // What has no number of replicas always stands.
    stands: (spec) => (replicasOf(spec) ?? asked) === asked,
    describe: replicasWords,
    startedAt: 0,
    deadline: 300_000,
  };
  let memory = beginConvergence(replicated(1), before);
  let state: Convergence | undefined;
  for (const look of looks) {
    if (state && state.kind !== 'progressing' && state.kind !== 'holding') return state;
    ({ memory, state } = observeConvergence(
      memory,
      snapshot({ service: now, ...look, at: look.at * 1000 }),
      followed,
    ));
  }
  if (!state) throw new Error('nothing was looked at');
  return state;
}

export const bothRun = [task('a', 1, 'running'), task('b', 2, 'running on n2')];

/** A service with 2 replicas and an UpdateStatus. */
export function updateIn(State: string, Message = 'because of task x'): Service {
  return replicated(2, { UpdateStatus: { State, Message } });
}
