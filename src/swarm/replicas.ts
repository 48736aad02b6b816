import { serviceMode } from './service-mode.ts';
import type { ServiceSpec } from './service.ts';

/** How many replicas, or completions of a replicated job, a spec asks for; undefined when its mode has no such number. */
export function replicasOf(spec: Pick<ServiceSpec, 'Mode'>): number | undefined {
  switch (serviceMode(spec)) {
    case 'replicated':
      return spec.Mode?.Replicated?.Replicas ?? 1;
    case 'replicated job':
      return spec.Mode?.ReplicatedJob?.TotalCompletions ?? 1;
    case 'global':
    case 'global job':
      return undefined;
  }
}

/**
 * The spec with another number of replicas, or of a replicated job's completions, and nothing else changed. What can't be
 * scaled is left as it is.
 * Source: docker/cli v28 cli/command/service/scale.go.
 */
export function withReplicas<Spec extends ServiceSpec>(spec: Spec, replicas: number): Spec {
  const { Mode } = spec;
  switch (serviceMode(spec)) {
    case 'replicated':
      return { ...spec, Mode: { ...Mode, Replicated: { ...Mode?.Replicated, Replicas: replicas } } };
    case 'replicated job': {
      const job = { ...Mode?.ReplicatedJob, TotalCompletions: replicas };
      return { ...spec, Mode: { ...Mode, ReplicatedJob: job } };
    }
    case 'global':
    case 'global job':
      return spec;
  }
}

/** `3 replicas`, `1 completion`, `one task a node`. */
export function replicasWords(spec: Pick<ServiceSpec, 'Mode'>): string {
  const replicas = replicasOf(spec);
  if (replicas === undefined) return 'one task a node';
  const unit = serviceMode(spec) === 'replicated' ? 'replica' : 'completion';
  return replicas === 1 ? `1 ${unit}` : `${replicas} ${unit}s`;
}
