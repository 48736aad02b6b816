import { serviceMode } from './service-mode.ts';
import type { Service } from './service.ts';

/**
 * REPLICAS as the docker CLI computes it: `2/3`, `2/3 (max 1 per node)`, for jobs `1/3 (0/5 completed)`. The first
 * number counts tasks that were last heard of as running, on nodes that are down as well: see `runningOnDownNodes`.
 * Source: docker/cli cli/command/service/formatter.go, Replicas.
 */
export function replicasColumn({ Spec, ServiceStatus }: Pick<Service, 'Spec' | 'ServiceStatus'>): string {
  const running = ServiceStatus?.RunningTasks ?? 0;
  const desired = ServiceStatus?.DesiredTasks ?? 0;
  const completed = ServiceStatus?.CompletedTasks ?? 0;
  const count = `${running}/${desired}`;
  switch (serviceMode(Spec)) {
    case 'replicated job':
      return `${count} (${completed}/${Spec.Mode?.ReplicatedJob?.TotalCompletions ?? 0} completed)`;
    case 'global job':
      // Desired are only those that have yet to complete.
      return `${count} (${completed}/${desired + completed} completed)`;
    case 'global':
      return count;
    case 'replicated': {
      const perNode = Spec.TaskTemplate.Placement?.MaxReplicas ?? 0;
      return perNode > 0 ? `${count} (max ${perNode} per node)` : count;
    }
  }
}
