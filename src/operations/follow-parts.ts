import { elapsed } from '../swarm/elapsed.ts';
import type { TaskTrouble } from '../swarm/task-trouble.ts';
import type { Answer } from './answer.ts';
import type { FollowProgress } from './follow-service.ts';

/** How far a service that is followed is; nothing before the first look. */
export function followParts(progress: FollowProgress | undefined): Answer {
  return progress === undefined ? [] : [...stateParts(progress.state), ...staleParts(progress.stale)];
}

function stateParts(state: FollowProgress['state']): Answer {
  if (state === undefined) return [];
  const { done, total } = state;
  if (state.kind === 'holding') {
    const label = `there; watching for ${elapsed(state.until - state.since)} whether it stays`;
    return [{ kind: 'progress', done, total, label }];
  }
  const trouble = state.troubles.findLast(({ cause }) => cause !== '');
  return [
    { kind: 'progress', done, total, label: state.label },
    ...(trouble === undefined ? [] : [{ kind: 'note', text: [troubleWords(trouble)] } as const]),
  ];
}

/** @param stale why what is shown is old: a sentence. */
export function staleParts(stale: string | undefined): Answer {
  return stale === undefined ? [] : [{ kind: 'note', text: [`⚠ ${stale} What is shown is from before.`] }];
}

function troubleWords({ slot, node, cause }: TaskTrouble): string {
  const where = [slot, node === '' ? '' : `on ${node}`].filter((part) => part !== '').join(' ');
  return where === '' ? cause : `${where}: ${cause}`;
}

/** What failed, task by task, in the engine's own words. */
export function troubleTable(troubles: readonly TaskTrouble[]): Answer {
  if (troubles.length === 0) return [];
  const rows = troubles.map(({ slot, node, state, exitCode, cause, error }) => [
    slot,
    node,
    state,
    error || cause,
    exitCode === null ? '' : String(exitCode),
  ]);
  const columns = ['SLOT', 'NODE', 'STATE', 'ERROR', 'EXIT CODE'];
  return [{ kind: 'table', columns, rows, empty: '' }];
}
