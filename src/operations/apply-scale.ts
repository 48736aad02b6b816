import { EngineFailure } from '../engine/engine.ts';
import type { Followed } from '../swarm/convergence-state.ts';
import { beginConvergence } from '../swarm/convergence.ts';
import { Failure } from '../swarm/failure.ts';
import { replicasOf, replicasWords, withReplicas } from '../swarm/replicas.ts';
import { serviceTarget } from '../swarm/service-target.ts';
import type { Service, ServiceSpec } from '../swarm/service.ts';
import type { Task } from '../swarm/task.ts';
import { type FollowProgress, followService } from './follow-service.ts';
import type { ApplyTools, Outcome } from './operation.ts';
import type { Pace } from './pace.ts';
import { notScalable, type PlannedScale, type ScalePlan } from './plan-scale.ts';
import { presentProgress } from './present-progress.ts';
import { type EndedScale, type ScaleEnd, scaleOutcome } from './scale-outcome.ts';
import { scaleProgress } from './scale-progress.ts';
import { writeService, type Written } from './write-service.ts';

/** What a scale needs besides; the two limits are milliseconds. */
export interface ScaleTools extends ApplyTools, Pace {
  /** How long a service may take to converge. */
  readonly patience: number;
}

/** A scale that was sent, or wasn't. */
interface Sent {
  readonly scale: PlannedScale;
  readonly tasksBefore: readonly Task[];
  readonly at: number;
  readonly written: Written;
}

/**
 * Scales service after service, then follows them all to their ends. What can't be written doesn't keep the others from
 * it, as with the CLI.
 * @throws what the signal aborts with.
 */
export async function applyScale(plan: ScalePlan, tools: ScaleTools): Promise<Outcome> {
  const sent: (Sent | EndedScale)[] = [];
  for (const scale of plan.scales) sent.push(await send(scale, tools));
  const progress = new Map<string, FollowProgress>();
  const followed = sent.flatMap((each) =>
    'written' in each && each.written.kind === 'written' ? [each.scale] : [],
  );
  const ended = await Promise.all(
    sent.map(async (each): Promise<EndedScale> => {
      if ('ended' in each) return each;
      const report = (news: FollowProgress) => {
        progress.set(each.scale.id, news);
        tools.report(scaleProgress(followed.map((scale) => ({ scale, progress: progress.get(scale.id) }))));
      };
      return { scale: each.scale, ended: await endOf(each, plan.detach, { ...tools, report }) };
    }),
  );
  return scaleOutcome(tools.engine.cluster, ended);
}

async function send(scale: PlannedScale, tools: ScaleTools): Promise<Sent | EndedScale> {
  const { engine, signal, now, stillAllowed } = tools;
  const { id, name, after } = scale;
  const at = now();
  try {
    const tasksBefore = await engine.tasks({ service: [id] }, { signal });
    const check = (service: Service) => {
      if (replicasOf(service.Spec) === undefined) throw notScalable(service);
      if (stillAllowed(serviceTarget(engine.cluster, service))) return;
      throw new Failure('denied', `${name} changed, and with it who may scale it: it was left as it is.`);
    };
    const change = (spec: ServiceSpec) => withReplicas(spec, after);
    const written = await writeService({ id, name, change, check, ...asked(after) }, tools);
    return { scale, tasksBefore, at, written };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof Failure)) throw error;
    const uncertain = error instanceof EngineFailure && error.uncertain;
    return { scale, ended: { kind: 'not written', sentence: error.message, uncertain } };
  }
}

function asked(replicas: number): Pick<Followed, 'stands' | 'describe'> {
  return { stands: (spec) => replicasOf(spec) === replicas, describe: replicasWords };
}

interface EndTools extends Omit<ScaleTools, 'report'> {
  readonly report: (progress: FollowProgress) => void;
}

async function endOf(
  { scale, tasksBefore, at, written }: Sent,
  detach: boolean,
  tools: EndTools,
): Promise<ScaleEnd> {
  if (written.kind === 'unchanged') {
    return { kind: 'unchanged', progress: await progressNow(written.now, tools) };
  }
  const { before: service, warnings } = written;
  const before = replicasOf(service.Spec) ?? scale.before;
  if (detach) return { kind: 'detached', before, warnings };
  const followed: Followed = {
    name: scale.name,
    over: service.Version.Index,
    startedAt: at,
    deadline: at + tools.patience,
    ...asked(scale.after),
  };
  const end = await followService(scale.id, followed, beginConvergence(service, tasksBefore), tools);
  return { kind: 'followed', before, warnings, end, took: tools.now() - at };
}

/** Something was asked for that is set already: how far it really is, as far as that can be read. */
async function progressNow(service: Service, tools: EndTools): Promise<string> {
  try {
    return await presentProgress(service, tools);
  } catch (error) {
    tools.signal.throwIfAborted();
    if (!(error instanceof EngineFailure)) throw error;
    return `how far it is could not be read (${error.message})`;
  }
}
