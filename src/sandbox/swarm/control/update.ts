import type { Service, Task, UpdateStatus } from '../objects.ts';
import { modeOf, type UpdateConfig } from '../service-spec.ts';
import { compareStates, isOver } from '../task-state.ts';
import type { World } from '../world.ts';
import { newTask } from './new-task.ts';
import type { Restarts } from './restarts.ts';

export type Slot = readonly Task[];

/** One update of one service, until it is done, stopped or overtaken (swarmkit, manager/orchestrator/update). */
export interface Update {
  readonly text: string;
  taskChanged(task: Task): void;
  cancel(): void;
}

export interface UpdateParts {
  readonly world: World;
  readonly restarts: Restarts;
  readonly isDirty: (service: Service, task: Task) => boolean;
  readonly finished: () => void;
}

const defaultMonitor = 5000;

/** @returns undefined when there is nothing to do, or it has been paused. */
export function startUpdate(
  service: Service,
  slots: readonly Slot[],
  parts: UpdateParts,
): Update | undefined {
  const { world, restarts } = parts;
  const { clock, tasks } = world;
  const text = service.Specification.text;
  const isDirtyTask = (task: Task) => parts.isDirty(service, task);
  const isPaused = service.UpdateStatus?.State.endsWith('paused') === true;
  const queue = isPaused ? [] : slots.filter((slot) => slot.length > 1 || slot.some(isDirtyTask));
  const dirtyCount = queue.length;
  const isRollback = service.UpdateStatus?.State === 'rollback_started';
  const settings = settingsOf(service, isRollback, dirtyCount);
  /** When each new task began to run; null until then. */
  const updated = new Map<string, number | null>();
  const awaited = new Map<string, (task: Task) => void>();
  const failed = new Set<string>();
  const cancelling: (() => void)[] = [];
  let working = 0;
  let stopped = false;

  function stop(): void {
    stopped = true;
    for (const cancel of cancelling) cancel();
    awaited.clear();
  }

  function fill(): void {
    while (working < settings.parallelism) {
      const slot = stopped ? undefined : queue.shift();
      if (slot === undefined) break;
      working += 1;
      work(slot, () => {
        if (stopped) return;
        cancelling.push(
          clock.after(settings.delay, () => {
            working -= 1;
            fill();
          }),
        );
      });
    }
    if (!stopped && queue.length === 0 && working === 0) watch();
  }

  function work(slot: Slot, done: () => void): void {
    const clean = slot.filter((task) => !isDirtyTask(task));
    const existing =
      clean.find((task) => task.DesiredState === 'running') ??
      clean.find((task) => compareStates(task.DesiredState, 'running') < 0);
    if (existing !== undefined) keep(existing, slot, done);
    else replace(slot, done);
  }

  function keep(existing: Task, slot: Slot, done: () => void): void {
    const removed = shutDown(slot.filter((task) => task !== existing));
    if (existing.DesiredState === 'running') done();
    else restarts.delayStart({ taskId: existing.ID, waitFor: removed, delay: 0, started: done });
  }

  function replace(slot: Slot, done: () => void): void {
    const [first] = slot;
    if (first === undefined || world.services.get(service.ID) === undefined) {
      done();
      return;
    }
    const isGlobal = modeOf(service.Specification.spec).kind === 'global';
    const place = { slot: first.Slot, nodeId: isGlobal ? first.NodeID : '' };
    const id = world.random.id();
    updated.set(id, null);
    awaited.set(id, (task) => {
      if (compareStates(task.Status.State, 'running') < 0) return;
      awaited.delete(id);
      updated.set(id, clock.now());
      if (settings.startFirst && task.Status.State === 'running') shutDown(slot);
      done();
    });
    tasks.create(id, (meta) => newTask(service, meta, place, 'ready'));
    const waitFor = settings.startFirst ? undefined : shutDown(slot);
    restarts.delayStart({ taskId: id, waitFor, delay: 0 });
  }

  function shutDown(slot: Slot): Task | undefined {
    let removed: Task | undefined;
    for (const { ID } of slot) {
      const task = tasks.get(ID);
      if (task === undefined || isOver(task.DesiredState)) continue;
      removed = tasks.update(ID, (old, meta) => ({ ...old, ...meta, DesiredState: 'shutdown' }));
    }
    return removed;
  }

  /** The new tasks must keep running for a while before the update counts as done. */
  function watch(): void {
    const { delay, monitor } = settings;
    const period = delay >= monitor && delay > 0 ? delay + 1000 : monitor;
    cancelling.push(
      clock.after(period, () => {
        stop();
        complete();
        parts.finished();
      }),
    );
  }

  function setStatus(change: (status: UpdateStatus) => UpdateStatus): void {
    if (world.services.get(service.ID)?.UpdateStatus === undefined) return;
    world.services.update(service.ID, (old, meta) => ({
      ...old,
      ...meta,
      UpdateStatus: old.UpdateStatus && change(old.UpdateStatus),
    }));
  }

  function complete(): void {
    setStatus((status) => ({
      ...status,
      CompletedAt: clock.now(),
      ...(status.State === 'rollback_started'
        ? { State: 'rollback_completed', Message: 'rollback completed' }
        : { State: 'completed', Message: 'update completed' }),
    }));
  }

  function pause(message: string): void {
    setStatus((status) => ({
      ...status,
      State: status.State === 'rollback_started' ? 'rollback_paused' : 'paused',
      Message: message,
    }));
  }

  function rollBack(message: string): void {
    world.services.update(service.ID, (old, meta) => {
      if (old.Previous === undefined || old.UpdateStatus === undefined) return { ...old, ...meta };
      return {
        ...old,
        ...meta,
        ...old.Previous,
        Previous: undefined,
        UpdateStatus: { ...old.UpdateStatus, State: 'rollback_started', Message: message },
      };
    });
  }

  function countFailure(task: Task): void {
    const began = updated.get(task.ID);
    if (began === undefined || failed.has(task.ID) || !isOver(task.Status.State)) return;
    if (began !== null && clock.now() - began > settings.monitor) return;
    failed.add(task.ID);
    if (failed.size / dirtyCount <= settings.maxFailureRatio) return;
    const because = `due to failure or early termination of task ${task.ID}`;
    switch (settings.failureAction) {
      case 'pause':
        stop();
        pause(`update paused ${because}`);
        parts.finished();
        break;
      case 'rollback':
        stop();
        if (isRollback) pause(`rollback paused ${because}`);
        else rollBack(`update rolled back ${because}`);
        parts.finished();
        break;
      default:
    }
  }

  if (dirtyCount === 0) {
    const state = service.UpdateStatus?.State;
    if (state === 'updating' || state === 'rollback_started') complete();
    return undefined;
  }
  if (service.UpdateStatus === undefined) begin(world, service.ID);
  fill();
  return {
    text,
    cancel: stop,
    taskChanged(task) {
      if (stopped) return;
      awaited.get(task.ID)?.(task);
      countFailure(task);
    },
  };
}

function begin(world: World, serviceId: string): void {
  world.services.update(serviceId, (old, meta) => ({
    ...old,
    ...meta,
    UpdateStatus: { State: 'updating', StartedAt: world.clock.now(), Message: 'update in progress' },
  }));
}

/** Times in milliseconds. */
function settingsOf({ Specification: { spec } }: Service, isRollback: boolean, slots: number) {
  const config: UpdateConfig | null | undefined = isRollback ? spec.RollbackConfig : spec.UpdateConfig;
  return {
    parallelism: (config ? config.Parallelism : 1) || slots,
    delay: (config?.Delay ?? 0) / 1e6,
    monitor: config?.Monitor ? config.Monitor / 1e6 : defaultMonitor,
    failureAction: config?.FailureAction || 'pause',
    maxFailureRatio: config?.MaxFailureRatio ?? 0,
    startFirst: config?.Order === 'start-first',
  };
}
