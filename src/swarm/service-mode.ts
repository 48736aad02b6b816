import type { ServiceSpec } from './service.ts';

export type ServiceModeName = 'replicated' | 'global' | 'replicated job' | 'global job';

/** @returns the mode in the docker CLI's words; a spec without one is replicated, as the daemon takes it. */
export function serviceMode({ Mode }: Pick<ServiceSpec, 'Mode'>): ServiceModeName {
  if (Mode?.Global) return 'global';
  if (Mode?.ReplicatedJob) return 'replicated job';
  if (Mode?.GlobalJob) return 'global job';
  return 'replicated';
}
