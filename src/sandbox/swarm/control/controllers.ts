import type { Service, SwarmNode, Task } from '../objects.ts';
import { isJob, modeOf } from '../service-spec.ts';
import { compareStates, isOver } from '../task-state.ts';
import type { Change } from '../table.ts';
import type { World } from '../world.ts';
import { createAgent, type Agent } from './agent.ts';
import { createAllocator, givesBackAddresses, type Allocator } from './allocate.ts';
import { constraintsMet } from './constraint.ts';
import { isDirty } from './new-task.ts';
import { createNodeUses } from './node-use.ts';
import { isRemovable, tasksToReap } from './reap.ts';
import { desire, isInvalid, reconcile } from './reconcile.ts';
import { createRestarts } from './restarts.ts';
import { schedule } from './schedule.ts';
import { startUpdate, type Slot, type Update } from './update.ts';

export interface Controllers {
  readonly agent: Agent;
  readonly allocator: Allocator;
}

const reapAfter = 250;

/** Everything that a Swarm does by itself: whatever is written to the world is followed by what follows from it. */
export function startControllers(world: World): Controllers {
  const { clock, services, tasks, nodes } = world;
  const useOf = createNodeUses(world);
  const restarts = createRestarts(world);
  const allocator = createAllocator(world);
  const agent = createAgent(world);
  const updates = new Map<string, Update>();
  const toReconcile = new Set<string>();
  const toRestart = new Set<string>();
  const toAllocate = new Set<string>();
  let toSchedule = new Set<string>();
  const toReap = new Map<string, Task>();
  let isSettling = false;

  const isDirtyTask = (service: Service, task: Task) =>
    isDirty(service, task, (constraints, nodeId) => {
      const node = nodes.get(nodeId);
      return node !== undefined && constraintsMet(constraints, node);
    });

  function update(service: Service, slots: readonly Slot[]): void {
    const known = updates.get(service.ID);
    if (known?.text === service.Specification.text) return;
    known?.cancel();
    updates.delete(service.ID);
    const finished = () => void updates.delete(service.ID);
    const started = startUpdate(service, slots, { world, restarts, isDirty: isDirtyTask, finished });
    if (started !== undefined) updates.set(service.ID, started);
  }

  /** What is to be done is done at the same moment, but after all that is being written now. */
  function soon(): void {
    if (isSettling) return;
    isSettling = true;
    clock.after(0, settle);
  }

  function settle(): void {
    isSettling = false;
    for (const id of drained(toAllocate)) {
      const task = tasks.get(id);
      if (task !== undefined && isToAllocate(task) && !allocator.allocate(task)) toAllocate.add(id);
    }
    for (const id of drained(toRestart)) restartTask(id);
    for (const id of drained(toReconcile)) {
      const service = services.get(id);
      if (service !== undefined) reconcile(allocator.allocateService(service), { world, restarts, update });
    }
    const waiting = toSchedule;
    toSchedule = new Set();
    for (const id of schedule(world, useOf, waiting)) toSchedule.add(id);
  }

  function restartTask(id: string): void {
    const task = tasks.get(id);
    const service = task && services.get(task.ServiceID);
    if (task === undefined || service === undefined || isOver(task.DesiredState)) return;
    const node = nodes.get(task.NodeID);
    if (modeOf(service.Specification.spec).kind !== 'global') {
      restarts.restart(service, task);
      return;
    }
    if (node === undefined || isInvalid(node)) {
      desire(world, [task], 'shutdown');
      return;
    }
    const { Placement } = service.Specification.spec.TaskTemplate;
    if (node.Spec.Availability === 'pause' || !constraintsMet(Placement?.Constraints, node)) {
      desire(world, [task], 'shutdown');
    } else restarts.restart(service, task);
  }

  services.on(({ action, object }) => {
    if (action === 'remove') {
      updates.get(object.ID)?.cancel();
      updates.delete(object.ID);
      restarts.forgetService(object.ID);
      allocator.releaseService(object);
      desire(world, world.tasksBy.service(object.ID), 'remove');
    } else toReconcile.add(object.ID);
    soon();
  });

  tasks.on((change) => {
    if (change.action === 'remove') taskRemoved(change.object);
    else taskWritten(change);
    soon();
  });

  function taskRemoved(task: Task): void {
    restarts.forgetTask(task.ID);
    agent.taskRemoved(task);
    if (!isOver(task.Status.State)) allocator.releaseTask(task);
    if (!isOver(task.DesiredState)) toReconcile.add(task.ServiceID);
  }

  function taskWritten({ object: task, old }: Change<Task>): void {
    const service = services.get(task.ServiceID);
    if (task.Status.State === 'new') toAllocate.add(task.ID);
    if (task.Status.State === 'pending' && old?.Status.State !== 'pending') toSchedule.add(task.ID);
    if (givesBackAddresses(task, old)) allocator.releaseTask(task);
    if (service !== undefined && isJob(service.Specification.spec)) toReconcile.add(service.ID);
    else if (!isOver(task.DesiredState)) {
      const isLost = task.NodeID !== '' && isInvalid(nodes.get(task.NodeID));
      if (isOver(task.Status.State) || isLost) toRestart.add(task.ID);
    }
    agent.taskChanged(task);
    restarts.taskChanged(task);
    updates.get(task.ServiceID)?.taskChanged(task);
    reapSoon(task);
  }

  function reapSoon(task: Task): void {
    if (!isRemovable(task) && compareStates(task.Status.State, 'new') !== 0) return;
    if (toReap.size === 0) clock.after(reapAfter, reap);
    toReap.set(task.ID, task);
  }

  function reap(): void {
    const dirty = [...toReap.values()];
    toReap.clear();
    for (const { ID } of dirty) {
      const task = tasks.get(ID);
      if (task !== undefined && isRemovable(task)) tasks.remove(ID);
      else if (task !== undefined) for (const old of tasksToReap(world, task)) tasks.remove(old.ID);
    }
  }

  nodes.on(({ action, object: node, old }) => {
    if (action === 'create') allocator.nodeJoined(node);
    if (action !== 'remove') {
      if (isInvalid(node)) {
        for (const task of world.tasksBy.node(node.ID))
          if (!isOver(task.DesiredState)) toRestart.add(task.ID);
      } else rejectMisplaced(node, old);
      restarts.nodeChanged(node);
    }
    for (const service of services.values()) {
      if (modeOf(service.Specification.spec).kind !== 'replicated') toReconcile.add(service.ID);
    }
    soon();
  });

  /** A task whose node no longer meets the constraints is rejected (swarmkit, constraintenforcer). */
  function rejectMisplaced(node: SwarmNode, old: SwarmNode | undefined): void {
    if (old === undefined) return;
    for (const task of world.tasksBy.node(node.ID)) {
      const isLive =
        compareStates(task.DesiredState, 'complete') <= 0 && compareStates(task.Status.State, 'complete') < 0;
      const spec = services.get(task.ServiceID)?.Specification.spec.TaskTemplate ?? task.Spec;
      if (!isLive || constraintsMet(spec.Placement?.Constraints, node)) continue;
      tasks.update(task.ID, (before, meta) => ({
        ...before,
        ...meta,
        Status: {
          ...before.Status,
          Timestamp: clock.now(),
          State: 'rejected',
          Message: 'task rejected by constraint enforcer',
          Err: 'assigned node no longer meets constraints',
        },
      }));
    }
  }

  return { agent, allocator };
}

function isToAllocate({ Status, DesiredState }: Task): boolean {
  return Status.State === 'new' && compareStates(DesiredState, 'shutdown') < 0;
}

function drained(set: Set<string>): readonly string[] {
  const ids = [...set];
  set.clear();
  return ids;
}
