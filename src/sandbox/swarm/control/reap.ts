import type { Task } from '../objects.ts';
import { modeOf } from '../service-spec.ts';
import { compareStates, isOver } from '../task-state.ts';
import type { World } from '../world.ts';

/** May it go at once? It is to be removed, and no node has it any more. */
export function isRemovable(task: Task): boolean {
  return (
    task.DesiredState === 'remove' &&
    (compareStates(task.Status.State, 'assigned') < 0 || compareStates(task.Status.State, 'complete') >= 0)
  );
}

/** Which of a slot's tasks are history beyond what is kept (swarmkit, manager/orchestrator/taskreaper). */
export function tasksToReap(world: World, place: Task): readonly Task[] {
  const service = world.services.get(place.ServiceID);
  if (service === undefined) return [];
  const { spec } = service.Specification;
  const { kind } = modeOf(spec);
  if (kind !== 'replicated' && kind !== 'global') return [];
  const attempts = spec.TaskTemplate.RestartPolicy?.MaxAttempts;
  const kept = attempts ? attempts + 1 : world.settings.taskHistory;
  const slot = world.tasksBy.slot(place);
  if (slot.length <= kept) return [];
  return slot
    .filter((task) => isOver(task.Status.State) || willNeverRun(task))
    .toSorted((one, other) => one.Status.Timestamp - other.Status.Timestamp)
    .slice(0, slot.length - kept);
}

function willNeverRun(task: Task): boolean {
  return compareStates(task.Status.State, 'assigned') < 0 && isOver(task.DesiredState);
}
