import type { TaskTrouble } from '../swarm/task-trouble.ts';
import { elapsed } from '../swarm/elapsed.ts';
import type { Answer, Button, Part } from './answer.ts';
import { troubleTable } from './follow-parts.ts';
import type { FollowEnd } from './follow-service.ts';
import { showLogsButton } from './log-buttons.ts';
import type { Outcome } from './operation.ts';
import type { PlannedScale } from './plan-scale.ts';
import { scaleTo } from './scale-buttons.ts';
import { tasksButton } from './tasks-button.ts';
import { warningParts } from './warning-parts.ts';

/** What became of one service's scale. `before` is what was there when it was written. */
export type ScaleEnd =
  | { readonly kind: 'unchanged'; readonly progress: string }
  | { readonly kind: 'detached'; readonly before: number; readonly warnings: readonly string[] }
  | {
      readonly kind: 'followed';
      readonly before: number;
      readonly warnings: readonly string[];
      readonly end: FollowEnd;
      /** Milliseconds. */
      readonly took: number;
    }
  | { readonly kind: 'not written'; readonly sentence: string; readonly uncertain: boolean };

export interface EndedScale {
  readonly scale: PlannedScale;
  readonly ended: ScaleEnd;
}

/** From the best to the worst: several services end as the worst of them. */
const severity = [
  'done',
  'overtaken',
  'rolled back',
  'unknown',
  'failed',
] as const satisfies Outcome['kind'][];

/** Tells how the scales of one request ended, each service on its own. */
export function scaleOutcome(cluster: string, ended: readonly EndedScale[]): Outcome {
  const told = ended.map((each) => ({ ...tell(each), ...each }));
  const kind = severity.findLast((kind) => told.some((each) => each.kind === kind)) ?? 'done';
  return {
    kind,
    detail: told.map(({ heading, text }) => [heading, ...text].join(': ')).join('; '),
    answer: [
      ...told.flatMap(({ heading, text, scale, ended }): Answer => [
        { kind: 'heading', text: heading },
        ...text.map((sentence): Part => ({ kind: 'text', text: [sentence] })),
        ...notesOf(ended).map((note): Part => ({ kind: 'note', text: [note] })),
        ...troubleTable(troublesOf(ended)),
        ...(ended.kind === 'followed' && ended.end.kind === 'failed' ? ended.end.lastWords : []),
        ...(ended.kind === 'followed' ? warningParts(scale.lasting) : []),
        ...(ended.kind === 'detached' ? warningParts(scale.warnings) : []),
      ]),
      { kind: 'buttons', buttons: told.flatMap((each) => buttonsFor(cluster, each)) },
    ],
  };
}

interface Told {
  readonly kind: Outcome['kind'];
  readonly heading: string;
  readonly text: readonly string[];
}

function tell({ scale: { name, after }, ended }: EndedScale): Told {
  switch (ended.kind) {
    case 'unchanged':
      return {
        kind: 'done',
        heading: `${name} is set to ${after} already`,
        text: [`Nothing was sent: ${ended.progress}.`],
      };
    case 'detached':
      return {
        kind: 'done',
        heading: `${name} is set from ${ended.before} to ${after}`,
        text: ['Sent, not followed: whether the Swarm gets there isn’t known here.'],
      };
    case 'not written':
      return {
        kind: ended.uncertain ? 'unknown' : 'failed',
        heading: ended.uncertain ? `Whether ${name} was scaled isn’t known` : `${name} was not scaled`,
        text: [ended.sentence],
      };
    case 'followed':
      return tellFollowed(name, ended.before, after, ended.end, ended.took);
  }
}

function tellFollowed(name: string, before: number, after: number, end: FollowEnd, took: number): Told {
  switch (end.kind) {
    case 'converged':
      return {
        kind: 'done',
        heading: `${name} scaled from ${before} to ${after}`,
        text: [
          `${end.total === 0 ? 'Nothing of it runs any more' : `${end.done} of ${end.total} ${end.label}`}, in ${elapsed(took)}.`,
        ],
      };
    case 'failed':
      return {
        kind: end.why === 'rolled-back' ? 'rolled back' : 'failed',
        heading: `${name} is not at ${after}`,
        text: [end.sentence],
      };
    case 'overtaken':
      return { kind: 'overtaken', heading: `${name} is not at ${after}`, text: [end.sentence] };
    case 'silent':
      return { kind: 'unknown', heading: `Whether ${name} is at ${after} isn’t known`, text: [end.sentence] };
  }
}

function notesOf(ended: ScaleEnd): readonly string[] {
  if (ended.kind !== 'followed') return 'warnings' in ended ? ended.warnings : [];
  return [...ended.warnings, ...(ended.end.kind === 'converged' ? ended.end.notes : [])];
}

function troublesOf(ended: ScaleEnd): readonly TaskTrouble[] {
  return ended.kind === 'followed' && ended.end.kind === 'failed' ? ended.end.troubles : [];
}

/** The way back is offered where the scale was written and didn't get there. */
function buttonsFor(cluster: string, { scale, ended }: EndedScale): readonly Button[] {
  const { name, after } = scale;
  const show = tasksButton(cluster, name);
  if (ended.kind !== 'followed' || ended.end.kind !== 'failed') return [show];
  const { before } = ended;
  const back: Button = {
    ...scaleTo(cluster, { name, before: after, after: before }),
    label: `Back to ${before}`,
  };
  return [show, showLogsButton(cluster, name, `Logs of ${name}`), back];
}
