import type { Engine } from '../engine/engine.ts';
import { Failure } from '../swarm/failure.ts';
import { replicasOf } from '../swarm/replicas.ts';
import { lastingScaleWarnings, pausedWarning, scaleWarnings } from '../swarm/scale-warnings.ts';
import { serviceMode } from '../swarm/service-mode.ts';
import type { Service } from '../swarm/service.ts';
import type { Button } from './answer.ts';
import type { Plan } from './operation.ts';
import type { Scale } from './scale-arguments.ts';
import { scaleTo } from './scale-buttons.ts';
import { warningParts } from './warning-parts.ts';

/** One service, pinned by its id. */
export interface PlannedScale {
  readonly id: string;
  readonly name: string;
  readonly before: number;
  readonly after: number;
  /** Whole sentences. */
  readonly warnings: readonly string[];
  /** Those of them that are still worth saying when it is done. */
  readonly lasting: readonly string[];
}

export interface ScalePlan extends Plan {
  readonly scales: readonly PlannedScale[];
  readonly detach: boolean;
}

interface PlanTools {
  readonly engine: Engine;
  readonly signal: AbortSignal;
}

/**
 * Finds the services that are meant.
 * @throws EngineFailure `not-found` or `ambiguous`; Failure `input` when two references mean the same service.
 */
export async function scaledServices(
  scales: readonly Scale[],
  { engine, signal }: PlanTools,
): Promise<readonly (Scale & { readonly service: Service })[]> {
  const found = await Promise.all(
    scales.map(async (scale) => ({ ...scale, service: await engine.service(scale.reference, { signal }) })),
  );
  for (const same of Map.groupBy(found, ({ service }) => service.ID).values()) {
    const [first] = same;
    if (first === undefined || same.length === 1) continue;
    const names = same.map(({ reference }) => reference).join(' and ');
    throw new Failure('input', `${names} are the same service, ${first.service.Spec.Name}; name it once.`, {
      example: `service scale ${first.service.Spec.Name}=${first.replicas}`,
    });
  }
  return found;
}

/** Says what a scale would change, by reading only. @throws Failure `input` for a service that can't be scaled. */
export async function planScale(
  scales: readonly Scale[],
  detach: boolean,
  tools: PlanTools,
): Promise<ScalePlan> {
  const { engine, signal } = tools;
  const found = await scaledServices(scales, tools);
  for (const { service } of found) if (replicasOf(service.Spec) === undefined) throw notScalable(service);
  const [nodes, tasks] = await Promise.all([
    engine.nodes({}, { signal }),
    engine.tasks({ service: found.map(({ service }) => service.ID) }, { signal }),
  ]);
  const planned = found.map(({ service, replicas }): PlannedScale => {
    const { ID: id, Spec } = service;
    const before = replicasOf(Spec) ?? 0;
    const theirs = tasks.filter(({ ServiceID }) => ServiceID === id);
    const step = { id, name: Spec.Name, before, after: replicas };
    if (before === replicas) return { ...step, warnings: [], lasting: [] };
    const warnings = scaleWarnings(service, replicas, theirs, nodes);
    return { ...step, warnings, lasting: lastingScaleWarnings(service) };
  });
  const steps = planned.map(stepWords);
  return {
    scales: planned,
    detach,
    offer: offerOf(engine.cluster, planned, found),
    summary: `scale ${steps.join(', ')}`,
    record: { detach, services: planned.map(({ id, name, before, after }) => ({ id, name, before, after })) },
    preview: [
      {
        kind: 'heading',
        text: `Scaling ${planned.length > 1 ? `${planned.length} services` : steps.join()}`,
      },
      ...(planned.length > 1 ? [{ kind: 'text', text: [steps.join(', ')] } as const] : []),
      ...warningParts(planned.flatMap(({ warnings }) => warnings)),
    ],
  };
}

function offerOf(
  cluster: string,
  [scale, ...others]: readonly PlannedScale[],
  [found]: readonly { readonly service: Service }[],
): Button | undefined {
  if (scale === undefined || others.length > 0 || scale.before === scale.after) return undefined;
  return scaleTo(cluster, scale, found === undefined ? [] : pausedWarning(found.service));
}

function stepWords({ name, before, after }: PlannedScale): string {
  return before === after
    ? `${name} to ${after}, which it is set to already`
    : `${name} from ${before} to ${after}`;
}

export function notScalable({ Spec }: Service): Failure {
  return new Failure(
    'input',
    `${Spec.Name} is a ${serviceMode(Spec)} service: it runs on every node that fits, and has no number of replicas to scale. ` +
      'Only replicated services and replicated jobs can be scaled.',
  );
}
