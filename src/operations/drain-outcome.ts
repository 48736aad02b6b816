import { taskWord } from '../swarm/convergence-failure.ts';
import type { Drained, DrainState, DrainTrouble } from '../swarm/drain-progress.ts';
import { elapsed } from '../swarm/elapsed.ts';
import { labelDifferences, withNodeChange } from '../swarm/node-change.ts';
import type { NodeSpec } from '../swarm/node.ts';
import type { Answer, Part } from './answer.ts';
import type { DrainEnd, DrainProgress } from './follow-drain.ts';
import { staleParts } from './follow-parts.ts';
import { labelTable } from './label-table.ts';
import { nodeChangeButton, nodeTasksButton } from './node-buttons.ts';
import type { Outcome } from './operation.ts';
import type { NodeUpdatePlan } from './plan-node-update.ts';
import { warningParts } from './warning-parts.ts';

/** How far a drain is. */
export function drainProgress(
  { name, impact }: NodeUpdatePlan,
  { tasks, moving }: Drained,
  { state, stale }: DrainProgress,
): Answer {
  const left = state?.left ?? tasks.length;
  // A task may have come there between the look and the drain.
  const total = Math.max(tasks.length, left);
  const trouble = state?.troubles.findLast(({ cause }) => cause !== '');
  return [
    { kind: 'heading', text: `Draining ${name}` },
    { kind: 'progress', done: total - left, total, label: 'tasks gone' },
    ...(moving.length === 0
      ? []
      : [
          {
            kind: 'progress',
            done: state?.elsewhere ?? 0,
            total: state?.moving ?? moving.length,
            label: 'running elsewhere',
          } as const,
        ]),
    ...(trouble === undefined ? [] : [sentence(`${taskName(trouble)}: ${trouble.cause}`)]),
    ...staleParts(stale),
    ...impact,
  ];
}

interface DrainResult {
  /** What was there when it was written. */
  readonly before: NodeSpec;
  readonly end: DrainEnd;
  /** Milliseconds. */
  readonly took: number;
}

/** Tells how a drain ended. */
export function drainOutcome(
  plan: NodeUpdatePlan,
  drained: Drained,
  { before, end, took }: DrainResult,
  cluster: string,
): Outcome {
  const { name, change, lasting } = plan;
  const told = tell(name, drained, end, took);
  const troubles = end.kind === 'ended' ? end.state.troubles : [];
  return {
    kind: told.kind,
    detail: `${told.heading}: ${told.text.join(' ')}`,
    answer: [
      { kind: 'heading', text: told.heading },
      ...told.text.map(sentence),
      ...troubleTable(troubles),
      ...labelTable(labelDifferences(before, withNodeChange(before, change))),
      ...warningParts(lasting),
      {
        kind: 'buttons',
        buttons: [nodeTasksButton(cluster, name), nodeChangeButton(cluster, name, 'active')],
      },
    ],
  };
}

interface Told {
  readonly kind: Outcome['kind'];
  readonly heading: string;
  readonly text: readonly string[];
}

function tell(name: string, drained: Drained, end: DrainEnd, took: number): Told {
  switch (end.kind) {
    case 'overtaken':
      return { kind: 'overtaken', heading: `${name} is not drained`, text: [end.sentence] };
    case 'silent':
      return { kind: 'unknown', heading: `Whether ${name} is drained isn’t known`, text: [end.sentence] };
    case 'ended':
      return tellEnd(name, drained, end.state, took);
  }
}

function tellEnd(name: string, drained: Drained, state: DrainState, took: number): Told {
  const elsewhere = elsewhereWords(state);
  if (state.left > 0 && state.isDown) {
    return {
      kind: state.troubles.length > 0 ? 'failed' : 'unknown',
      heading: `${name} is set to drain, and is down`,
      text: [`Whether ${taskWord(state.left)} stopped there can’t be seen until it is back.`, ...elsewhere],
    };
  }
  if (state.left > 0) {
    const those = state.left === 1 ? 'it runs' : 'they run';
    return {
      kind: 'failed',
      heading: `${name} is set to drain, and not empty yet`,
      text: [
        `After ${elapsed(took)}, ${taskWord(state.left)} of ${drained.tasks.length} still there: what ${those} doesn’t end when asked to. Shipmate no longer follows.`,
        ...elsewhere,
      ],
    };
  }
  const gone =
    drained.tasks.length === 0
      ? 'No task ran there.'
      : `No task runs there any more: ${taskWord(drained.tasks.length)} stopped, in ${elapsed(took)}.`;
  return state.troubles.length > 0
    ? {
        kind: 'failed',
        heading: `${name} is drained, and ${taskWord(state.troubles.length)} ${state.troubles.length === 1 ? 'doesn’t' : 'don’t'} run elsewhere`,
        text: [gone, ...elsewhere, 'Swarm goes on trying.'],
      }
    : { kind: 'done', heading: `${name} is drained`, text: [gone, ...elsewhere] };
}

function elsewhereWords({ elsewhere, moving }: DrainState): readonly string[] {
  return moving === 0 ? [] : [`${elsewhere} of ${moving} that move run elsewhere again.`];
}

function troubleTable(troubles: readonly DrainTrouble[]): Answer {
  if (troubles.length === 0) return [];
  const rows = troubles.map((trouble) => [
    { text: taskName(trouble), strong: true },
    trouble.node,
    trouble.state,
    trouble.error || trouble.cause,
  ]);
  return [{ kind: 'table', columns: ['TASK', 'NODE', 'STATE', 'ERROR'], rows, empty: '' }];
}

/** `web.2`, as the docker CLI names tasks. */
function taskName({ service, slot }: DrainTrouble): string {
  return `${service}.${slot.replace('slot ', '')}`;
}

function sentence(text: string): Part {
  return { kind: 'text', text: [text] };
}
