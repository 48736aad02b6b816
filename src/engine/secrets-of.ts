import type { ServiceSpec } from '../swarm/service.ts';

/** The values of a spec that may be secret, should an engine quote them: those of the environment. Longest first. */
export function secretsOf(spec: ServiceSpec): readonly string[] {
  const values = (spec.TaskTemplate.ContainerSpec?.Env ?? []).map((line) =>
    line.slice(line.indexOf('=') + 1),
  );
  // Shorter ones would mask half of every sentence, and aren't worth much.
  return values.filter((value) => value.length >= 4).toSorted((a, b) => b.length - a.length);
}
