import { type Engine, EngineFailure } from '../engine/engine.ts';
import { backoff } from '../swarm/backoff.ts';
import type {
  Converged,
  Failed,
  Followed,
  Holding,
  Overtaken,
  Progressing,
} from '../swarm/convergence-state.ts';
import { type ConvergenceMemory, observeConvergence } from '../swarm/convergence.ts';
import { elapsed } from '../swarm/elapsed.ts';
import { serviceTarget } from '../swarm/service-target.ts';
import type { ServiceSnapshot } from '../swarm/task-counts.ts';
import type { Answer } from './answer.ts';
import { lastWords } from './last-log-lines.ts';
import type { ApplyTools } from './operation.ts';
import { type Pace, silencePauses } from './pace.ts';

/** `silent`: the engine could not be asked at the end of the time, so nobody knows. */
export type FollowEnd =
  Converged | FollowFailed | Overtaken | { readonly kind: 'silent'; readonly sentence: string };

interface FollowFailed extends Failed {
  /** What the tasks that failed wrote last; nothing for whom may not read it. */
  readonly lastWords: Answer;
}

export interface FollowProgress {
  /** Undefined until the engine answered for the first time. */
  readonly state: Progressing | Holding | undefined;
  /** Why the state is an old one: a sentence, while the engine can't be asked. */
  readonly stale: string | undefined;
}

export interface FollowTools extends Pace {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly report: (progress: FollowProgress) => void;
  readonly mayReadLogs: ApplyTools['mayReadLogs'];
}

/**
 * Follows a service that was changed until the Swarm has converged on it, or won't, or the deadline has passed. An engine
 * that doesn't answer is asked again until then.
 * @throws what the signal aborts with; an error that isn't the engine's.
 */
export async function followService(
  serviceId: string,
  followed: Followed,
  begun: ConvergenceMemory,
  { engine, signal, report, mayReadLogs, now, pause, random }: FollowTools,
): Promise<FollowEnd> {
  let memory = begun;
  let shown: FollowProgress['state'];
  let heard = followed.startedAt;
  let failures = 0;
  for (;;) {
    const read = await readSnapshot(engine, serviceId, now, signal);
    if (read instanceof EngineFailure) {
      if (read.reason === 'not-found') {
        return { kind: 'overtaken', by: 'removal', sentence: `${followed.name} was removed meanwhile.` };
      }
      failures += 1;
      const stale = `The engine has not answered for ${elapsed(now() - heard)}: ${read.message}`;
      if (now() >= followed.deadline) {
        return { kind: 'silent', sentence: `${stale} How ${followed.name} is now isn’t known.` };
      }
      report({ state: shown, stale });
      await pause(backoff(failures, silencePauses, random), signal);
      continue;
    }
    failures = 0;
    heard = now();
    const seen = observeConvergence(memory, read, followed);
    memory = seen.memory;
    if (seen.state.kind === 'failed') {
      const isShown = mayReadLogs(serviceTarget(engine.cluster, read.service));
      const words = isShown ? await lastWords(engine, followed.name, seen.state.troubles, signal) : [];
      return { ...seen.state, lastWords: words };
    }
    if (seen.state.kind !== 'progressing' && seen.state.kind !== 'holding') return seen.state;
    shown = seen.state;
    report({ state: shown, stale: undefined });
    await pause(interval(heard - followed.startedAt), signal);
  }
}

/** Milliseconds: as quick as the CLI at first, slower for what takes long. A crash loop is seen at far more than this. */
function interval(since: number): number {
  if (since < 10_000) return 250;
  return since < 60_000 ? 500 : 1000;
}

async function readSnapshot(
  engine: Engine,
  id: string,
  now: () => number,
  signal: AbortSignal,
): Promise<ServiceSnapshot | EngineFailure> {
  try {
    const [service, upToDate, tasks, nodes] = await Promise.all([
      engine.service(id, { signal }),
      engine.tasks({ service: [id], '_up-to-date': ['true'] }, { signal }),
      engine.tasks({ service: [id] }, { signal }),
      engine.nodes({}, { signal }),
    ]);
    return { at: now(), service, upToDate, tasks, nodes };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof EngineFailure) return error;
    throw error;
  }
}
