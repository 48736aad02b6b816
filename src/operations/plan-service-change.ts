import { changesInBrief, changesInWords, type ChangeWords } from '../swarm/change-words.ts';
import { Failure } from '../swarm/failure.ts';
import { pinnedImage, imagePlatforms } from '../swarm/image-digest.ts';
import {
  familiarImage,
  type ImageReference,
  parseImageReference,
  taggedImage,
} from '../swarm/image-reference.ts';
import { replicasOf, withReplicas } from '../swarm/replicas.ts';
import { serviceTarget } from '../swarm/service-target.ts';
import type { Service, ServiceSpec } from '../swarm/service.ts';
import { setImage, type SpecEdit } from '../swarm/spec-edits.ts';
import { type SpecChange, specChanges } from '../swarm/spec-settings.ts';
import type { Target } from '../swarm/target.ts';
import { updateWarnings } from '../swarm/update-warnings.ts';
import type { Answer } from './answer.ts';
import type { Plan, PlanTools } from './operation.ts';
import { notScalable } from './plan-scale.ts';
import {
  movedRegistryWarnings,
  pullAdvice,
  sentAuthWords,
  type SentRegistryAuth,
  sentRegistryAuth,
} from './sent-registry-auth.ts';
import { rollbackButton } from './update-buttons.ts';
import type { ServiceUpdate } from './update-input.ts';
import { warningParts } from './warning-parts.ts';

/** A change to one service, pinned by its id, with every value that it sets. */
export interface ServiceChangePlan extends Plan {
  readonly kind: 'update' | 'restart' | 'rollback';
  readonly id: string;
  readonly name: string;
  readonly changes: readonly SpecChange[];
  readonly words: readonly ChangeWords[];
  /** What is told of it: of a restart not that Swarm counts it, of any what is sent besides the spec. */
  readonly told: readonly ChangeWords[];
  /** Gives a spec with the changes made. */
  readonly edit: SpecEdit;
  /** The credentials that go with it. */
  readonly sentAuth: SentRegistryAuth | undefined;
  /** A sentence for when its image can't be pulled. */
  readonly pullAdvice: string | undefined;
  readonly detach: boolean;
  /** Whole sentences. */
  readonly warnings: readonly string[];
  /** Those of them that are still worth saying when it is done. */
  readonly lasting: readonly string[];
}

/** A service as it is, and as it will be: a change of labels may change who may touch it. */
export function targetsOfChange(cluster: string, { Spec }: Service, after: ServiceSpec): readonly Target[] {
  const target = (spec: ServiceSpec) => serviceTarget(cluster, { Spec: spec });
  const moves = specChanges(Spec, after).some(({ path }) => path.startsWith('Labels '));
  return moves ? [target(Spec), target({ ...after, Name: Spec.Name })] : [target(Spec)];
}

/** All that was asked for but the image. @throws Failure `input` for replicas of what has none. */
export function editOf({ edits, replicas }: ServiceUpdate, service: Service): SpecEdit {
  if (replicas !== undefined && replicasOf(service.Spec) === undefined) throw notScalable(service);
  return (spec) => {
    const scaled = replicas === undefined ? spec : withReplicas(spec, replicas);
    return edits.reduce((edited, edit) => edit(edited), scaled);
  };
}

/**
 * Says what an update would change, by reading only; the image is pinned to what its registry has now.
 * @throws Failure `denied` for an image that may not be deployed; EngineFailure when the image can't be looked up.
 */
export async function planUpdate(update: ServiceUpdate, tools: PlanTools): Promise<ServiceChangePlan> {
  const { engine, signal } = tools;
  const service = await engine.service(update.reference, { signal });
  const other = editOf(update, service);
  const image = update.image === undefined ? undefined : await imageEdit(update.image, update.resolve, tools);
  const edit: SpecEdit = (spec) => other(image === undefined ? spec : image(spec));
  const after = edit(service.Spec);
  const changes = specChanges(service.Spec, after);
  const imageAfter = after.TaskTemplate.ContainerSpec?.Image ?? '';
  const isShown = update.image !== undefined && update.resolve;
  const sentAuth =
    update.withRegistryAuth && imageAfter !== ''
      ? sentRegistryAuth(imageAfter, isShown, service, engine)
      : undefined;
  const restarts = changes.every(({ path }) => path === 'TaskTemplate.ForceUpdate') && changes.length > 0;
  const unresolved =
    update.image !== undefined && !update.resolve
      ? ['The image’s tag is sent as it is: each node pulls what the tag means when it starts a task.']
      : [];
  const kind = restarts ? 'restart' : 'update';
  const advice = sentAuth === undefined ? pullAdvice(imageAfter, engine) : undefined;
  const imageBefore = service.Spec.TaskTemplate.ContainerSpec?.Image ?? '';
  const moved =
    sentAuth === undefined ? movedRegistryWarnings(service.Spec.Name, imageBefore, imageAfter) : [];
  const notices = [...unresolved, ...moved];
  const more = { detach: update.detach, notices, sentAuth, pullAdvice: advice };
  return planChange(kind, service, edit, more, tools);
}

/** Says what a rollback would change. @throws Failure `conflict` when there is nothing to go back to. */
export async function planRollback(
  reference: string,
  detach: boolean,
  tools: PlanTools,
): Promise<ServiceChangePlan> {
  const { engine, signal } = tools;
  const service = await engine.service(reference, { signal });
  const previous = previousSpec(service);
  const image = previous.TaskTemplate.ContainerSpec?.Image ?? '';
  if (image !== service.Spec.TaskTemplate.ContainerSpec?.Image) demandAllowed(undigested(image), tools);
  const more = { detach, notices: [], sentAuth: undefined, pullAdvice: undefined };
  const plan = await planChange('rollback', service, () => previous, more, tools);
  const offer = plan.changes.length === 0 ? undefined : rollbackButton(engine.cluster, plan);
  return { ...plan, offer };
}

/** @throws Failure `conflict` when there is none. */
export function previousSpec({ Spec, PreviousSpec }: Service): ServiceSpec {
  if (PreviousSpec) return PreviousSpec;
  throw new Failure(
    'conflict',
    `${Spec.Name} has no previous spec to go back to: it wasn’t changed since it was made, or Swarm rolled it back by itself.`,
  );
}

interface ChangeDetails extends Pick<ServiceChangePlan, 'detach' | 'sentAuth' | 'pullAdvice'> {
  /** Sentences that are warned with besides. */
  readonly notices: readonly string[];
}

async function planChange(
  kind: ServiceChangePlan['kind'],
  service: Service,
  edit: SpecEdit,
  { detach, notices, ...auth }: ChangeDetails,
  { engine, signal }: PlanTools,
): Promise<ServiceChangePlan> {
  const { ID: id, Spec } = service;
  const { Name: name } = Spec;
  if (!Spec.TaskTemplate.ContainerSpec) {
    throw new Failure('input', `${name} runs no containers, and Shipmate updates only services that do.`);
  }
  const after = edit(Spec);
  const changes = specChanges(Spec, after);
  const sent = auth.sentAuth === undefined ? [] : [sentAuthWords(auth.sentAuth)];
  const words = changesInWords(Spec, after);
  const told = [...(kind === 'restart' ? [] : words), ...sent];
  const what = kind === 'restart' && told.length === 0 ? '' : `: ${changesInBrief(told)}`;
  const nodes = changes.length === 0 ? [] : await engine.nodes({}, { signal });
  const warnings = changes.length === 0 ? [] : [...updateWarnings(service, after, nodes), ...notices];
  const plan = { kind, id, name, changes, words, told, edit, detach, warnings, lasting: notices, ...auth };
  return {
    ...plan,
    summary: `${summaryVerbs[kind]} ${name}${what}`,
    record: { kind, id, name, detach, changes: [...words, ...sent] },
    preview: [...headingOf(plan), ...changeParts(plan)],
  };
}

const summaryVerbs = { update: 'update', restart: 'restart', rollback: 'roll back' } as const;
const headings = { update: 'Updating', restart: 'Restarting', rollback: 'Rolling back' } as const;

export function headingOf({ kind, name }: Pick<ServiceChangePlan, 'kind' | 'name'>): Answer {
  return [{ kind: 'heading', text: `${headings[kind]} ${name}` }];
}

/** What changes, and what comes with it. */
export function changeParts({ told, warnings }: Pick<ServiceChangePlan, 'told' | 'warnings'>): Answer {
  const facts = told.map(({ setting, before, after }) => ({
    label: setting,
    value: [`${before} → ${after}`],
  }));
  return [...(facts.length === 0 ? [] : [{ kind: 'facts', facts } as const]), ...warningParts(warnings)];
}

async function imageEdit(image: ImageReference, resolve: boolean, tools: PlanTools): Promise<SpecEdit> {
  const { engine, signal } = tools;
  const tagged = taggedImage(image);
  demandAllowed(familiarImage(tagged), tools);
  if (!resolve) return setImage(familiarImage(tagged), []);
  const found = await engine.imageDigest(familiarImage(tagged), { signal });
  return setImage(pinnedImage(tagged, found.Descriptor.digest), imagePlatforms(found));
}

function demandAllowed(image: string, tools: Pick<PlanTools, 'image'>): void {
  const verdict = tools.image(image);
  if (!verdict.allowed) throw new Failure('denied', verdict.reason);
}

/** A spec's image bears the digest that its tag had when it was deployed. */
function undigested(image: string): string {
  const reference = parseImageReference(image);
  if (reference?.tag === undefined) return image;
  return familiarImage({ ...reference, digest: undefined });
}
