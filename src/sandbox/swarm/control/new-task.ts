import type { Service, Task } from '../objects.ts';
import type { Meta } from '../table.ts';
import type { TaskState } from '../task-state.ts';

/** A task of a service as it stands now, in a slot or, for a global service, on a node. */
export function newTask(
  service: Service,
  meta: Meta,
  place: { readonly slot: number; readonly nodeId: string },
  desired: TaskState,
): Task {
  return {
    ...meta,
    ServiceID: service.ID,
    Slot: place.slot,
    NodeID: place.nodeId,
    Spec: service.Specification.spec.TaskTemplate,
    SpecText: service.Specification.taskText,
    EndpointText: service.Specification.endpointText,
    SpecVersion: service.SpecVersion,
    Ports: service.Ports,
    Status: { Timestamp: meta.CreatedAt, State: 'new', Message: 'created' },
    DesiredState: desired,
    JobIteration: service.JobStatus?.Iteration,
    Addresses: [],
  };
}

/** Would an update replace it? Changed constraints alone don't matter on a node that meets the new ones. */
export function isDirty(
  service: Service,
  task: Task,
  meetsConstraints: (expressions: readonly string[] | null | undefined, nodeId: string) => boolean,
): boolean {
  if (task.SpecVersion === service.SpecVersion) return false;
  const { spec, taskText, endpointText } = service.Specification;
  if (task.EndpointText !== endpointText) return true;
  if (task.SpecText === taskText) return false;
  const withoutPlacement = (one: Task['Spec']) =>
    JSON.stringify(one, (key, value: unknown) => (key === 'Placement' ? undefined : value));
  if (withoutPlacement(spec.TaskTemplate) !== withoutPlacement(task.Spec)) return true;
  return !meetsConstraints(spec.TaskTemplate.Placement?.Constraints, task.NodeID);
}
