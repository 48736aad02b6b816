import type { Service, SwarmNode, Task } from '../objects.ts';
import { modeOf } from '../service-spec.ts';
import { compareStates, isOver, type TaskState } from '../task-state.ts';
import type { World } from '../world.ts';
import { constraintsMet } from './constraint.ts';
import { newTask } from './new-task.ts';
import type { Restarts } from './restarts.ts';
import type { Slot } from './update.ts';

/** Brings a service's tasks to what its spec says, as swarmkit's orchestrators do. */
export interface Reconciler {
  readonly world: World;
  readonly restarts: Restarts;
  readonly update: (service: Service, slots: readonly Slot[]) => void;
}

/** Tasks of a node that is gone, down or drained are placed elsewhere. */
export function isInvalid(node: SwarmNode | undefined): boolean {
  return node === undefined || node.Status.State === 'down' || node.Spec.Availability === 'drain';
}

export function reconcile(service: Service, parts: Reconciler): void {
  const mode = modeOf(service.Specification.spec);
  switch (mode.kind) {
    case 'replicated':
      reconcileReplicated(service, mode.replicas, parts);
      break;
    case 'global':
      reconcileGlobal(service, parts);
      break;
    case 'replicated-job':
      reconcileReplicatedJob(service, mode, parts);
      break;
    case 'global-job':
      reconcileGlobalJob(service, parts);
      break;
  }
}

function reconcileReplicated(service: Service, replicas: number, parts: Reconciler): void {
  const { world, restarts, update } = parts;
  const bySlot = Map.groupBy(world.tasksBy.service(service.ID), (task) => task.Slot);
  const live = new Map<number, Slot>();
  const dead: Task[] = [];
  for (const [number, slot] of bySlot) {
    const updatable = restarts.updatable(slot, service);
    if (updatable.length > 0) live.set(number, updatable);
    else dead.push(...slot);
  }
  const kept = live.size > replicas ? inOrderOfKeeping([...live.values()]) : [...live.values()];
  update(service, kept.slice(0, replicas));
  const reused = new Set<number>();
  for (let slot = 1, missing = replicas - live.size; missing > 0; slot += 1) {
    if (live.has(slot)) continue;
    reused.add(slot);
    create(world, service, { slot, nodeId: '' }, 'running');
    missing -= 1;
  }
  for (const task of dead) if (!reused.has(task.Slot)) world.tasks.remove(task.ID);
  for (const slot of kept.slice(replicas)) desire(world, slot, 'remove');
}

/** Running slots first, then such that each node keeps as many as another. */
function inOrderOfKeeping(slots: readonly Slot[]): readonly Slot[] {
  const isRunning = (slot: Slot) => slot.some((task) => task.Status.State === 'running');
  const number = ([first]: Slot) => first?.Slot ?? 0;
  const sorted = slots.toSorted(
    (one, other) => Number(isRunning(other)) - Number(isRunning(one)) || number(one) - number(other),
  );
  const onNode = new Map<string, number>();
  const placed = sorted.map((slot) => {
    const [first] = slot;
    if (slot.length !== 1 || first === undefined || first.NodeID === '') return { slot, index: Infinity };
    const index = (onNode.get(first.NodeID) ?? 0) + 1;
    onNode.set(first.NodeID, index);
    return { slot, index };
  });
  return placed
    .toSorted((one, other) => (one.index === other.index ? 0 : one.index - other.index))
    .map(({ slot }) => slot);
}

function reconcileGlobal(service: Service, { world, restarts, update }: Reconciler): void {
  const byNode = Map.groupBy(world.tasksBy.service(service.ID), (task) => task.NodeID);
  const constraints = service.Specification.spec.TaskTemplate.Placement?.Constraints;
  const slots: Slot[] = [];
  for (const node of world.nodes.values()) {
    if (isInvalid(node)) continue;
    const slot = restarts.updatable(byNode.get(node.ID) ?? [], service);
    byNode.delete(node.ID);
    if (!constraintsMet(constraints, node)) desire(world, slot, 'shutdown');
    else if (node.Spec.Availability === 'pause') continue;
    else if (slot.length > 0) slots.push(slot);
    else create(world, service, { slot: 0, nodeId: node.ID }, 'running');
  }
  for (const slot of byNode.values()) desire(world, slot, 'shutdown');
  if (slots.length > 0) update(service, slots);
}

function reconcileReplicatedJob(
  service: Service,
  { concurrent, completions }: { readonly concurrent: number; readonly completions: number },
  { world, restarts }: Reconciler,
): void {
  const iteration = service.JobStatus?.Iteration ?? 0;
  const tasks = world.tasksBy.service(service.ID);
  const current = tasks.filter((task) => task.JobIteration === iteration);
  const complete = current.filter((task) => task.Status.State === 'complete');
  const wanted = current.filter(
    (task) => task.Status.State !== 'complete' && compareStates(task.DesiredState, 'complete') <= 0,
  );
  const used = new Set([...complete, ...wanted].map((task) => task.Slot));
  let missing = Math.min(concurrent - wanted.length, completions - complete.length - wanted.length);
  for (let slot = 0; missing > 0 && slot < completions; slot += 1) {
    if (used.has(slot)) continue;
    create(world, service, { slot, nodeId: '' }, 'complete');
    missing -= 1;
  }
  for (const task of wanted) {
    const isLost = task.NodeID !== '' && isInvalid(world.nodes.get(task.NodeID));
    if (compareStates(task.Status.State, 'complete') > 0 || isLost) restarts.restart(service, task);
  }
  removeEarlierRuns(world, tasks, iteration);
}

function reconcileGlobalJob(service: Service, { world, restarts }: Reconciler): void {
  const iteration = service.JobStatus?.Iteration ?? 0;
  const tasks = world.tasksBy.service(service.ID);
  const wanted = tasks.filter(
    (task) => task.JobIteration === iteration && compareStates(task.DesiredState, 'complete') <= 0,
  );
  const nodesWithTask = new Set(wanted.map((task) => task.NodeID));
  const constraints = service.Specification.spec.TaskTemplate.Placement?.Constraints;
  for (const node of world.nodes.values()) {
    const isCandidate = node.Spec.Availability === 'active' && node.Status.State === 'ready';
    if (!isCandidate || nodesWithTask.has(node.ID) || !constraintsMet(constraints, node)) continue;
    create(world, service, { slot: 0, nodeId: node.ID }, 'complete');
  }
  for (const task of wanted) {
    if (compareStates(task.Status.State, 'complete') > 0) restarts.restart(service, task);
    else if (task.Status.State !== 'complete' && isInvalid(world.nodes.get(task.NodeID))) {
      desire(world, [task], 'shutdown');
    }
  }
  removeEarlierRuns(world, tasks, iteration);
}

function removeEarlierRuns(world: World, tasks: readonly Task[], iteration: number): void {
  const earlier = tasks.filter((task) => task.JobIteration !== iteration && !isOver(task.Status.State));
  desire(world, earlier, 'remove');
}

function create(
  world: World,
  service: Service,
  place: { readonly slot: number; readonly nodeId: string },
  desired: TaskState,
): void {
  world.tasks.create(world.random.id(), (meta) => newTask(service, meta, place, desired));
}

/** What is desired of a task only ever goes on, never back. */
export function desire(world: World, tasks: readonly Task[], DesiredState: TaskState): void {
  for (const { ID } of tasks) {
    const task = world.tasks.get(ID);
    if (task === undefined || compareStates(task.DesiredState, DesiredState) >= 0) continue;
    world.tasks.update(ID, (old, meta) => ({ ...old, ...meta, DesiredState }));
  }
}
