import { settingsInWords } from '../swarm/change-words.ts';
import type { Followed } from '../swarm/convergence-state.ts';
import { beginConvergence } from '../swarm/convergence.ts';
import { Failure } from '../swarm/failure.ts';
import type { Service, ServiceSpec } from '../swarm/service.ts';
import { holdsAfter, movedSettings, specChanges } from '../swarm/spec-settings.ts';
import { updatePatience } from '../swarm/update-patience.ts';
import { followParts } from './follow-parts.ts';
import { type FollowProgress, followService } from './follow-service.ts';
import type { ApplyTools, Outcome } from './operation.ts';
import type { Pace } from './pace.ts';
import {
  changeParts,
  headingOf,
  previousSpec,
  type ServiceChangePlan,
  targetsOfChange,
} from './plan-service-change.ts';
import { serviceChangeOutcome } from './service-change-outcome.ts';
import { writeService } from './write-service.ts';

/** What a change needs besides; the limit is milliseconds. */
export interface ServiceChangeTools extends ApplyTools, Pace {
  /** How long the service may take to converge, with the waiting that its own settings ask for left out. */
  readonly patience: number;
}

/**
 * Writes the change, and follows it to its end. It is written only as it was shown: whoever changed the same in between is
 * not overwritten.
 * @throws Failure when it couldn't be written; what the signal aborts with.
 */
export async function applyServiceChange(
  plan: ServiceChangePlan,
  tools: ServiceChangeTools,
): Promise<Outcome> {
  const { engine, signal, now } = tools;
  const { id, name, changes, detach, sentAuth } = plan;
  const at = now();
  const tasksBefore = await engine.tasks({ service: [id] }, { signal });
  const asked = {
    stands: (spec: ServiceSpec) => holdsAfter(spec, changes),
    describe: (spec: ServiceSpec) => settingsInWords(spec, changes),
  };
  const rollback = plan.kind === 'rollback' ? { rollback: true as const } : {};
  const check = (service: Service) => checkStillAsShown(plan, service, tools);
  const change = (spec: ServiceSpec) =>
    plan.kind === 'rollback' || asked.stands(spec) ? spec : plan.edit(spec);
  const write = { id, name, change, check, ...asked, ...rollback, registryAuthFor: sentAuth?.image };
  const written = await writeService(write, tools);
  const outcome = (ended: Parameters<typeof serviceChangeOutcome>[2]) =>
    serviceChangeOutcome(engine.cluster, plan, ended);
  if (written.kind === 'unchanged') return outcome({ kind: 'unchanged' });
  const { before, warnings } = written;
  if (detach) return outcome({ kind: 'detached', warnings });
  const followed: Followed = {
    name,
    over: before.Version.Index,
    startedAt: at,
    deadline: at + tools.patience + updatePatience(plan.edit(before.Spec), plan.kind === 'rollback'),
    ...asked,
  };
  const report = (progress: FollowProgress) => {
    tools.report([...headingOf(plan), ...followParts(progress), ...changeParts(plan)]);
  };
  const end = await followService(id, followed, beginConvergence(before, tasksBefore), { ...tools, report });
  return outcome({ kind: 'followed', warnings, end, took: now() - at });
}

/** @throws Failure `denied` or `conflict`, when what was shown and allowed isn't what would happen now. */
function checkStillAsShown(
  { kind, name, changes, edit, sentAuth }: ServiceChangePlan,
  service: Service,
  { engine, stillAllowed }: ServiceChangeTools,
): void {
  if (sentAuth?.known && !engine.hasRegistryAuth(sentAuth.image)) {
    throw new Failure('conflict', `Shipmate has lost its credentials since: ${name} was left as it is.`);
  }
  if (holdsAfter(service.Spec, changes)) return;
  const after = kind === 'rollback' ? previousSpec(service) : edit(service.Spec);
  if (!targetsOfChange(engine.cluster, service, after).every(stillAllowed)) {
    throw new Failure('denied', `${name} changed, and with it who may change it: it was left as it is.`);
  }
  const moved = movedSettings(service.Spec, changes);
  const leadsElsewhere = kind === 'rollback' && !isSameChange(specChanges(service.Spec, after), changes);
  if (moved.length === 0 && !leadsElsewhere) return;
  const now = moved.length === 0 ? 'its previous spec is another one' : settingsInWords(service.Spec, moved);
  throw new Failure(
    'conflict',
    `Somebody else changed ${name} after this was shown (${now}): it was left as it is. Look at it, and ask again.`,
  );
}

function isSameChange(now: ServiceChangePlan['changes'], shown: ServiceChangePlan['changes']): boolean {
  return JSON.stringify(now) === JSON.stringify(shown);
}
