import { EngineFailure } from '../engine/engine.ts';
import { holdsNodeChange, labelDifferences, withNodeChange } from '../swarm/node-change.ts';
import type { Node, NodeSpec } from '../swarm/node.ts';
import { labelTable } from './label-table.ts';
import { nodeChangeButton, nodeTasksButton } from './node-buttons.ts';
import type { Outcome } from './operation.ts';
import type { NodeUpdatePlan } from './plan-node-update.ts';

interface Result {
  /** What was there when it was written. */
  readonly before: NodeSpec;
  readonly now: Node | EngineFailure;
}

/** Tells how a change to a node ended that takes no tasks off it. */
export function nodeUpdateOutcome(
  { name, change }: NodeUpdatePlan,
  { before, now }: Result,
  cluster: string,
): Outcome {
  const { kind, heading, text } = tell(name, change, before, now);
  const availability = now instanceof EngineFailure ? undefined : now.Spec.Availability;
  const back = availability === 'drain' || availability === 'pause';
  return {
    kind,
    detail: text.length === 0 ? heading : `${heading}: ${text.join(' ')}`,
    answer: [
      { kind: 'heading', text: heading },
      ...text.map((sentence) => ({ kind: 'text', text: [sentence] }) as const),
      ...labelTable(labelDifferences(before, withNodeChange(before, change))),
      {
        kind: 'buttons',
        buttons: [
          nodeTasksButton(cluster, name),
          ...(back ? [nodeChangeButton(cluster, name, 'active')] : []),
        ],
      },
    ],
  };
}

interface Told {
  readonly kind: Outcome['kind'];
  readonly heading: string;
  readonly text: readonly string[];
}

function tell(
  name: string,
  change: NodeUpdatePlan['change'],
  before: NodeSpec,
  now: Node | EngineFailure,
): Told {
  if (now instanceof EngineFailure) {
    return now.reason === 'not-found'
      ? { kind: 'overtaken', heading: `${name} was removed from the Swarm meanwhile`, text: [] }
      : {
          // Whether it takes tasks is what was asked for, and can't be seen.
          kind: change.availability === 'active' ? 'unknown' : 'done',
          heading: `${name} was updated`,
          text: [`The Swarm took the change; how ${name} is now isn’t known: ${now.message}`],
        };
  }
  if (!holdsNodeChange(now.Spec, change)) {
    return {
      kind: 'overtaken',
      heading: `${name} is not as was asked for`,
      text: [`Somebody else changed it meanwhile: its availability is ${now.Spec.Availability} now.`],
    };
  }
  const text = holdsNodeChange(before, change) ? ['It was so already; nothing was sent.'] : [];
  switch (change.availability) {
    case 'active':
      return now.Status.State === 'ready'
        ? {
            kind: 'done',
            heading: `${name} is active`,
            text: [...text, 'It takes tasks. What ran elsewhere stays there.'],
          }
        : {
            kind: 'failed',
            heading: `${name} is set to active, and is ${now.Status.State}`,
            text: [...text, 'It takes no tasks until its engine is back and the managers hear from it.'],
          };
    case 'pause':
      return {
        kind: 'done',
        heading: `${name} is paused`,
        text: [...text, 'It takes no new tasks; those there stay.'],
      };
    case 'drain':
    case undefined:
      return { kind: 'done', heading: `${name} is updated`, text };
  }
}
