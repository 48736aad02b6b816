import { type DrainedService, drainImpact } from '../swarm/drain-impact.ts';
import { drainWarnings } from '../swarm/drain-warnings.ts';
import { Failure } from '../swarm/failure.ts';
import {
  type LabelDifference,
  labelDifferences,
  missingLabels,
  type NodeChange,
  withNodeChange,
} from '../swarm/node-change.ts';
import { nodeName } from '../swarm/node-name.ts';
import type { Node } from '../swarm/node.ts';
import type { Answer } from './answer.ts';
import { drainPreview, strandedWarning } from './drain-preview.ts';
import type { NodeUpdate } from './node-update-input.ts';
import type { Plan, ReadTools } from './operation.ts';

/** A change to one node, pinned by its id. */
export interface NodeUpdatePlan extends Plan {
  readonly id: string;
  readonly name: string;
  readonly change: NodeChange;
  /** What a drain does, to be shown before and while it is done. */
  readonly impact: Answer;
  /** What a drain brings with it that is still worth saying when it is done: whole sentences. */
  readonly lasting: readonly string[];
}

/**
 * Says what a change to a node would do, by reading only.
 * @param hostname Shipmate's own
 * @throws Failure `input` for a label that isn't there; EngineFailure.
 */
export async function planNodeUpdate(
  { reference, change }: NodeUpdate,
  tools: Pick<ReadTools, 'engine' | 'signal'>,
  hostname: string,
): Promise<NodeUpdatePlan> {
  const { engine, signal } = tools;
  const node = await engine.node(reference, { signal });
  const name = nodeName(node);
  const [missing] = missingLabels(node.Spec, change);
  if (missing !== undefined) throw noSuchLabel(name, missing);
  const after = withNodeChange(node.Spec, change);
  const labels = labelDifferences(node.Spec, after);
  const drain = change.availability === 'drain' ? await planDrain(node, tools, hostname) : undefined;
  const impact = drain === undefined ? [] : drainPreview(drain.services, drain.warnings);
  const steps = [...availabilityStep(node, change), ...labels.map(labelStep)];
  const summary = `update ${name}: ${steps.length === 0 ? 'nothing differs' : steps.join(', ')}`;
  return {
    id: node.ID,
    name,
    change,
    impact,
    lasting: drain?.lasting ?? [],
    summary,
    record: {
      node: { id: node.ID, name },
      availability: { before: node.Spec.Availability, after: after.Availability },
      labels,
      ...(drain === undefined ? {} : { drain: { services: drain.services, warnings: drain.warnings } }),
    },
    preview: [
      {
        kind: 'heading',
        text: drain === undefined ? `Updating ${name}` : `Draining ${name}`,
      },
      ...(steps.length === 0 ? [] : [{ kind: 'text', text: [`${name}: ${steps.join(', ')}`] } as const]),
      ...impact,
    ] satisfies Answer,
  };
}

async function planDrain(
  node: Node,
  { engine, signal }: Pick<ReadTools, 'engine' | 'signal'>,
  hostname: string,
): Promise<{
  readonly services: readonly DrainedService[];
  readonly warnings: readonly string[];
  readonly lasting: readonly string[];
}> {
  const [services, tasks, nodes, info] = await Promise.all([
    engine.services({}, { signal }),
    engine.tasks({}, { signal }),
    engine.nodes({}, { signal }),
    engine.info({ signal }),
  ]);
  const impact = drainImpact(node, { nodes, services, tasks });
  const self = { nodeId: info.Swarm?.NodeID ?? undefined, hostname };
  const lasting = drainWarnings(node, nodes, tasks, self);
  return { services: impact, warnings: [...strandedWarning(impact), ...lasting], lasting };
}

function noSuchLabel(name: string, key: string): Failure {
  return new Failure('input', `${name} has no label "${key}" that could be removed.`, {
    example: `node inspect --pretty ${name}`,
  });
}

function availabilityStep({ Spec }: Node, { availability }: NodeChange): readonly string[] {
  if (availability === undefined) return [];
  return Spec.Availability === availability
    ? [`availability ${availability}, which it has already`]
    : [`availability from ${Spec.Availability} to ${availability}`];
}

function labelStep({ key, before, after }: LabelDifference): string {
  if (after === undefined) return `without the label ${key}=${before}`;
  return before === undefined ? `with the label ${key}=${after}` : `label ${key} from ${before} to ${after}`;
}
