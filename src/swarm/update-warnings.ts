import { eligibleNodes } from './eligible-nodes.ts';
import type { Node } from './node.ts';
import { replicasOf } from './replicas.ts';
import { serviceMode } from './service-mode.ts';
import type { Service, ServiceSpec } from './service.ts';

/**
 * What updating a service to a spec, or rolling it back to one, brings with it that the changes themselves don't say, each
 * as a whole sentence.
 */
export function updateWarnings(
  service: Service,
  after: ServiceSpec,
  nodes: readonly Node[],
): readonly string[] {
  const { Name: name } = service.Spec;
  return [
    ...unfinishedWarning(name, service.UpdateStatus?.State ?? ''),
    ...(serviceMode(after).endsWith('job') ? [`${name} is a job: any change runs it again.`] : []),
    ...(replicasOf(after) === 0 ? [`With 0 replicas nothing of ${name} runs.`] : []),
    ...placementWarning(name, after, nodes),
  ];
}

/** Source: swarmkit manager/controlapi/service.go, UpdateService: any update clears UpdateStatus. */
function unfinishedWarning(name: string, state: string): readonly string[] {
  switch (state) {
    case 'paused':
    case 'rollback_paused':
      return [
        `The last ${state === 'paused' ? 'update' : 'rollback'} of ${name} is paused half-way. This takes its place.`,
      ];
    case 'updating':
    case 'rollback_started':
      return [
        `${state === 'updating' ? 'An update' : 'A rollback'} of ${name} is under way. This takes its place.`,
      ];
    default:
      return [];
  }
}

function placementWarning(name: string, after: ServiceSpec, nodes: readonly Node[]): readonly string[] {
  if (replicasOf(after) === 0 || eligibleNodes(after, nodes).length > 0) return [];
  return [`No node can take tasks of ${name}: none is ready and active and fits its placement.`];
}
