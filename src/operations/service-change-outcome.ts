import { changesInBrief, type ChangeWords } from '../swarm/change-words.ts';
import { elapsed } from '../swarm/elapsed.ts';
import type { SpecChange } from '../swarm/spec-settings.ts';
import { isImageMissing } from '../swarm/task-error.ts';
import type { Answer, Button } from './answer.ts';
import { troubleTable } from './follow-parts.ts';
import type { FollowEnd } from './follow-service.ts';
import { showLogsButton } from './log-buttons.ts';
import type { Outcome } from './operation.ts';
import { changeParts, type ServiceChangePlan } from './plan-service-change.ts';
import { tasksButton } from './tasks-button.ts';
import { rollbackButton } from './update-buttons.ts';

/** What became of a service's change; `took` is milliseconds. */
export type ServiceChangeEnd =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'detached'; readonly warnings: readonly string[] }
  | {
      readonly kind: 'followed';
      readonly warnings: readonly string[];
      readonly end: FollowEnd;
      readonly took: number;
    };

/** Tells how an update, a restart or a rollback ended. */
export function serviceChangeOutcome(
  cluster: string,
  plan: ServiceChangePlan,
  ended: ServiceChangeEnd,
): Outcome {
  const { kind, heading, text: said } = tell(plan, ended);
  const text = [said, ...adviceOn(plan, ended)].join(' ');
  const notes = notesOf(ended);
  const failed = ended.kind === 'followed' && ended.end.kind === 'failed' ? ended.end : undefined;
  return {
    kind,
    detail: [
      `${heading}: ${text}`,
      ...(ended.kind === 'unchanged' || plan.told.length === 0
        ? []
        : [`Change: ${changesInBrief(plan.told)}.`]),
    ].join(' '),
    answer: [
      { kind: 'heading', text: heading },
      { kind: 'text', text: [text] },
      ...troubleTable(failed?.troubles ?? []),
      ...(failed?.lastWords ?? []),
      ...(ended.kind === 'followed' ? changeParts({ ...plan, warnings: plan.lasting }) : []),
      ...(ended.kind === 'detached' ? changeParts(plan) : []),
      ...notes.map((note): Answer[number] => ({ kind: 'note', text: [note] })),
      { kind: 'buttons', buttons: buttonsFor(cluster, plan, ended) },
    ],
  };
}

type FollowedFailure = Extract<FollowEnd, { kind: 'failed' }>;

interface Told {
  readonly kind: Outcome['kind'];
  readonly heading: string;
  readonly text: string;
}

const done = { update: 'updated', restart: 'restarted', rollback: 'rolled back' } as const;

function tell({ kind, name, words }: ServiceChangePlan, ended: ServiceChangeEnd): Told {
  switch (ended.kind) {
    case 'unchanged':
      return {
        kind: 'done',
        heading: words.length === 0 ? `Nothing of ${name} to change` : `${name} is ${done[kind]} already`,
        text: 'Nothing was sent: it has all that was asked for.',
      };
    case 'detached':
      return {
        kind: 'done',
        heading: `${name} is being ${done[kind]}`,
        text: 'Sent, not followed: whether the Swarm gets there isn’t known here.',
      };
    case 'followed':
      return tellFollowed(name, done[kind], ended.end, ended.took);
  }
}

function tellFollowed(name: string, verb: string, end: FollowEnd, took: number): Told {
  switch (end.kind) {
    case 'converged': {
      const state = end.total === 0 ? 'Nothing of it runs' : `${end.done} of ${end.total} ${end.label}`;
      return { kind: 'done', heading: `${name} ${verb}`, text: `${state}, in ${elapsed(took)}.` };
    }
    case 'failed':
      return tellFailed(name, verb, end);
    case 'overtaken':
      return { kind: 'overtaken', heading: `${name} was not ${verb}`, text: end.sentence };
    case 'silent':
      return { kind: 'unknown', heading: `Whether ${name} was ${verb} isn’t known`, text: end.sentence };
  }
}

function tellFailed(name: string, verb: string, { why, sentence: text }: FollowedFailure): Told {
  switch (why) {
    case 'rolled-back':
      return { kind: 'rolled back', heading: `${name} was not ${verb}: Swarm undid it`, text };
    case 'paused':
      return { kind: 'failed', heading: `${name} was ${verb} half-way: Swarm paused it`, text };
    case 'rollback-paused':
      return { kind: 'failed', heading: `${name} was rolled back half-way: Swarm paused it`, text };
    case 'unschedulable':
    case 'crash-loop':
    case 'not-restarted':
    case 'deadline':
      return { kind: 'failed', heading: `${name} was not ${verb}`, text };
  }
}

function adviceOn({ name, pullAdvice }: ServiceChangePlan, ended: ServiceChangeEnd): readonly string[] {
  if (ended.kind !== 'followed' || ended.end.kind !== 'failed') return [];
  const isMissing = ended.end.troubles.some(({ error }) => isImageMissing(error));
  const goOn = `go on with: service update --force ${name}.`;
  return [
    ...(ended.end.why === 'paused'
      ? [`Its spec is the new one, and it stays half-way until somebody acts: roll it back, or ${goOn}`]
      : []),
    ...(ended.end.why === 'rollback-paused' ? [`It stays half-way until somebody acts; ${goOn}`] : []),
    ...(isMissing && pullAdvice !== undefined ? [pullAdvice] : []),
  ];
}

function notesOf(ended: ServiceChangeEnd): readonly string[] {
  if (ended.kind === 'unchanged') return [];
  const converged = ended.kind === 'followed' && ended.end.kind === 'converged' ? ended.end.notes : [];
  return [...ended.warnings, ...converged];
}

/** The way back is offered where the change stands and didn't get there. */
function buttonsFor(cluster: string, plan: ServiceChangePlan, ended: ServiceChangeEnd): readonly Button[] {
  const { kind, name, changes, words } = plan;
  const show = tasksButton(cluster, name);
  if (ended.kind !== 'followed' || ended.end.kind !== 'failed') return [show];
  const logs = showLogsButton(cluster, name, `Logs of ${name}`);
  if (kind === 'rollback' || ended.end.why === 'rolled-back') return [show, logs];
  const back = { name, changes: changes.map(turned), words: words.map(turned) };
  return [show, logs, rollbackButton(cluster, back)];
}

function turned<Change extends SpecChange | ChangeWords>(change: Change): Change {
  return { ...change, before: change.after, after: change.before };
}
