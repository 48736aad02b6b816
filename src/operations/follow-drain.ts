import { EngineFailure, type Engine } from '../engine/engine.ts';
import { backoff } from '../swarm/backoff.ts';
import {
  type Drained,
  type DrainLook,
  type DrainState,
  nothingDrained,
  observeDrain,
} from '../swarm/drain-progress.ts';
import { elapsed } from '../swarm/elapsed.ts';
import { type Pace, silencePauses } from './pace.ts';

export type DrainEnd =
  | { readonly kind: 'ended'; readonly state: DrainState }
  | { readonly kind: 'overtaken'; readonly sentence: string }
  /** The engine could not be asked at the end of the time, so nobody knows. */
  | { readonly kind: 'silent'; readonly sentence: string };

export interface DrainProgress {
  readonly state: DrainState | undefined;
  /** Why the state is an old one: a sentence, while the engine can't be asked. */
  readonly stale: string | undefined;
}

interface FollowTools extends Pace {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly report: (progress: DrainProgress) => void;
}

/**
 * Follows a node that is being drained to the end of that, the deadline at the latest. An engine that doesn't answer is
 * asked again until then.
 * @throws what the signal aborts with; an error that isn't the engine's.
 */
export async function followDrain(
  name: string,
  drained: Drained,
  { engine, signal, report, now, pause, random }: FollowTools,
): Promise<DrainEnd> {
  let memory = nothingDrained;
  let shown: DrainState | undefined;
  let heard = now();
  let failures = 0;
  for (;;) {
    const look = await lookAt(drained, engine, signal, now);
    if (look === 'removed') {
      return { kind: 'overtaken', sentence: `${name} was removed from the Swarm meanwhile.` };
    }
    if (look instanceof EngineFailure) {
      failures += 1;
      const stale = `The engine has not answered for ${elapsed(now() - heard)}: ${look.message}`;
      if (now() >= drained.deadline) {
        return { kind: 'silent', sentence: `${stale} What runs on ${name} now isn’t known.` };
      }
      report({ state: shown, stale });
      await pause(backoff(failures, silencePauses, random), signal);
      continue;
    }
    failures = 0;
    heard = now();
    const { Availability } = look.node.Spec;
    if (Availability !== 'drain') {
      const sentence = `Somebody else changed it meanwhile: the availability of ${name} is ${Availability} now.`;
      return { kind: 'overtaken', sentence };
    }
    const seen = observeDrain(memory, look, drained);
    memory = seen.memory;
    shown = seen.state;
    if (shown.kind === 'ended') return { kind: 'ended', state: shown };
    report({ state: shown, stale: undefined });
    await pause(500, signal);
  }
}

async function lookAt(
  { nodeId, moving }: Drained,
  engine: Engine,
  signal: AbortSignal,
  now: () => number,
): Promise<DrainLook | EngineFailure | 'removed'> {
  try {
    const nodes = await engine.nodes({}, { signal });
    const node = nodes.find(({ ID }) => ID === nodeId);
    if (node === undefined) return 'removed';
    const wanted = [...new Set(moving.flatMap(({ ServiceID }) => ServiceID ?? []))];
    const services = wanted.length === 0 ? [] : await engine.services({ id: wanted }, { signal });
    const [onNode, ofServices] = await Promise.all([
      engine.tasks({ node: [nodeId] }, { signal }),
      // The engine refuses to list the tasks of services that are gone.
      services.length === 0 ? [] : engine.tasks({ service: services.map(({ ID }) => ID) }, { signal }),
    ]);
    const tasks = [...new Map([...onNode, ...ofServices].map((task) => [task.ID, task])).values()];
    return { at: now(), node, nodes, services, tasks };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof EngineFailure) return error;
    throw error;
  }
}
