import type { Service } from './service.ts';
import type { Target } from './target.ts';

/** A service as something that may or may not be touched: by its name and its own labels. */
export function serviceTarget(cluster: string, { Spec }: Pick<Service, 'Spec'>): Target {
  return { kind: 'service', cluster, name: Spec.Name, labels: Spec.Labels ?? {} };
}
