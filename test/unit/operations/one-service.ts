import { type Engine, EngineFailure } from '../../../src/engine/engine.ts';
import type { Pace } from '../../../src/operations/pace.ts';
import { registryOf } from '../../../src/swarm/registry-auth.ts';
import type { Service, ServiceSpec } from '../../../src/swarm/service.ts';
import type { Task } from '../../../src/swarm/task.ts';
import { replicated, threeNodes } from '../swarm/snapshots.ts';

export const timedOut = new EngineFailure('unavailable', 'timed-out', 'No answer came.', { uncertain: true });
export const unreachable = new EngineFailure('unavailable', 'unreachable', 'The engine refuses connections.');

/** What an update meets on its way: it is made unless told, and its answer comes unless told. */
export type Incident =
  | { readonly kind: 'changed first'; readonly change: (spec: ServiceSpec) => void }
  | { readonly kind: 'answer lost'; readonly afterwards?: (spec: ServiceSpec) => void }
  | { readonly kind: 'never arrives' }
  | { readonly kind: 'answered'; readonly failure: EngineFailure };

/**
 * A Swarm with one service, as an Engine: versions guard its spec as swarmkit's do. `incidents` happen to one update after
 * the other; `reads` fail one after the other.
 */
export function oneService(
  service: Service,
  options: {
    incidents?: readonly Incident[];
    reads?: readonly (EngineFailure | undefined)[];
    tasks?: (at: number) => readonly Task[];
    /** The registries that there are credentials for. */
    auths?: ReadonlySet<string>;
  } = {},
) {
  const sentAuth: string[] = [];
  const state = { service, updates: 0, now: 0, gone: false, sentAuth };
  const incidents = [...(options.incidents ?? [])];
  const reads = [...(options.reads ?? [])];
  function write(change: (spec: ServiceSpec) => ServiceSpec): void {
    const { Spec, Version } = state.service;
    state.service = {
      ...state.service,
      Version: { Index: Version.Index + 1 },
      PreviousSpec: Spec,
      Spec: change(structuredClone(Spec)),
    };
  }
  const elsewhere = (change: (spec: ServiceSpec) => void) =>
    write((spec) => {
      change(spec);
      return spec;
    });
  const engine: Engine = {
    cluster: 'prod',
    info: refuse,
    version: refuse,
    services: refuse,
    hasRegistryAuth: (image) => options.auths?.has(registryOf(image) ?? '') ?? false,
    imageDigest: refuse,
    node: refuse,
    async *logs() {},
    updateNode: refuse,
    nodes: async () => threeNodes,
    tasks: async () => options.tasks?.(state.now) ?? [],
    async service() {
      const failure = reads.shift();
      if (failure) throw failure;
      if (state.gone) throw new EngineFailure('not-found', 'not-found', 'There is no service "web" in prod.');
      return structuredClone(state.service);
    },
    async updateService({ version, spec, registryAuthFor }) {
      const incident = incidents.shift();
      if (incident?.kind === 'answered') throw incident.failure;
      if (incident?.kind === 'never arrives') throw timedOut;
      if (incident?.kind === 'changed first') elsewhere(incident.change);
      if (version !== state.service.Version.Index) {
        throw new EngineFailure('conflict', 'out-of-sequence', 'It was changed meanwhile.');
      }
      state.updates += 1;
      if (registryAuthFor !== undefined) state.sentAuth.push(registryAuthFor);
      write(() => spec);
      if (incident?.kind !== 'answer lost') return [];
      if (incident.afterwards) elsewhere(incident.afterwards);
      throw timedOut;
    },
  };
  /** Pauses take no time but the clock's. */
  const pace: Pace = {
    now: () => state.now,
    random: () => 0.5,
    async pause(milliseconds, signal) {
      signal.throwIfAborted();
      state.now += milliseconds;
    },
  };
  return { engine, pace, state, elsewhere };
}

function refuse(): Promise<never> {
  return Promise.reject(new Error('not asked here'));
}

export function scaledTo(replicas: number): (spec: ServiceSpec) => void {
  return (spec) => {
    spec.Mode = replicated(replicas).Spec.Mode;
  };
}
