import type { Task } from '../objects.ts';
import { Refusal } from '../refusal.ts';
import { isTaskState } from '../task-state.ts';
import type { World } from '../world.ts';
import { type Answer, type Asked, json } from './answer.ts';
import { type EngineParts } from './engine.ts';
import { filtersIn, hasLabels, hasPrefix } from './filters.ts';
import { findNode, findService, findTask, taskName } from './find.ts';
import { taskText } from './views.ts';

export function listTasks({ world, nodeId }: EngineParts, { query }: Asked): Answer {
  const accepted = ['name', 'id', 'label', 'service', 'node', 'desired-state', '_up-to-date', 'runtime'];
  const filters = filtersIn(query, accepted);
  const services = filters.get('service').map((reference) => findService(world, reference).ID);
  const nodes = filters
    .get('node')
    .map((reference) => (reference === 'self' ? nodeId : findNode(world, reference).ID));
  const desired = filters.get('desired-state');
  for (const word of desired) {
    if (!isTaskState(word.toLowerCase())) throw new Refusal(400, `Invalid desired-state filter: '${word}'`);
  }
  const states = desired.map((word) => word.toLowerCase());
  const isWanted = (task: Task) =>
    (services.length === 0 || services.includes(task.ServiceID)) &&
    (nodes.length === 0 || nodes.includes(task.NodeID)) &&
    (states.length === 0 || states.includes(task.DesiredState)) &&
    (!filters.has('name') || hasPrefix(taskName(world, task), filters.get('name'))) &&
    hasPrefix(task.ID, filters.get('id')) &&
    (!filters.has('label') || hasLabels(labelsOf(world, task), filters.get('label'))) &&
    (!filters.has('_up-to-date') || isUpToDate(world, task));
  const found = candidates(world, services, nodes).filter(isWanted);
  return json(`[${found.map((task) => taskText(world, task)).join(',')}]`);
}

/** Not all tasks are gone through for those of some services or nodes. */
function candidates(world: World, services: readonly string[], nodes: readonly string[]): readonly Task[] {
  const byId = (tasks: readonly Task[]) => tasks.toSorted((one, other) => (one.ID < other.ID ? -1 : 1));
  if (services.length > 0) return byId([...new Set(services)].flatMap((id) => world.tasksBy.service(id)));
  if (nodes.length > 0) return byId([...new Set(nodes)].flatMap((id) => world.tasksBy.node(id)));
  return world.tasks.all();
}

/** A task is found by its service's labels. */
function labelsOf(world: World, { ServiceID }: Task) {
  return world.services.get(ServiceID)?.Specification.spec.Labels;
}

/** Made of the spec that the service has now; of a job's, in its current run. */
function isUpToDate(world: World, task: Task): boolean {
  const service = world.services.get(task.ServiceID);
  if (service === undefined) return false;
  if (service.JobStatus !== undefined) return service.JobStatus.Iteration === task.JobIteration;
  return task.SpecVersion === service.SpecVersion || task.SpecText === service.Specification.taskText;
}

export function inspectTask({ world }: EngineParts, { params: [reference = ''] }: Asked): Answer {
  return json(taskText(world, findTask(world, reference)));
}
