import type { Service, SwarmNode, Task } from '../objects.ts';
import { modeOf } from '../service-spec.ts';
import { isOver } from '../task-state.ts';
import type { World } from '../world.ts';
import { newTask } from './new-task.ts';
import { type RestartHistory, createRestartHistory } from './restart-history.ts';

const defaultDelay = 5000;
/** A task that doesn't stop holds up the one after it for so long. */
const stopTimeout = 60_000;

interface DelayedStart {
  readonly taskId: string;
  /** Its start waits until this one has stopped, or its node is down. */
  readonly waitFor?: Task | undefined;
  readonly delay: number;
  /** Told when its start is no longer held up. */
  readonly started?: () => void;
}

/** Replaces tasks that are over, as swarmkit's restart supervisor does (manager/orchestrator/restart). */
export interface Restarts {
  restart(service: Service, task: Task): void;
  /** What an update works on in a slot; nothing when the slot is dead. */
  updatable(slot: readonly Task[], service: Service): readonly Task[];
  delayStart(start: DelayedStart): void;
  taskChanged(task: Task): void;
  nodeChanged(node: SwarmNode): void;
  forgetTask(id: string): void;
  forgetService(id: string): void;
}

interface Delay {
  readonly taskId: string;
  cancel(): void;
  /** The task itself ended meanwhile: it is restarted once it was started. */
  endedMeanwhile: boolean;
}

export function createRestarts(world: World): Restarts {
  const { tasks, nodes, clock } = world;
  const delays = new Map<string, Delay>();
  const waiting = new Map<string, Set<() => void>>();
  const history: RestartHistory = createRestartHistory();

  function hasStopped(id: string): boolean {
    const task = tasks.get(id);
    if (task === undefined || isOver(task.Status.State)) return true;
    const node = nodes.get(task.NodeID);
    return task.NodeID !== '' && (node === undefined || node.Status.State === 'down');
  }

  function startNow(id: string): void {
    const task = tasks.get(id);
    if (task === undefined || (task.DesiredState !== 'ready' && task.DesiredState !== 'accepted')) return;
    const DesiredState = task.JobIteration === undefined ? 'running' : 'complete';
    tasks.update(id, (old, meta) => ({ ...old, ...meta, DesiredState }));
  }

  function delayStart({ taskId, waitFor, delay, started }: DelayedStart): void {
    delays.get(taskId)?.cancel();
    let callOff = () => {};
    const asked = clock.now();
    const finish = () => {
      callOff();
      delays.delete(taskId);
      startNow(taskId);
      started?.();
      const task = tasks.get(taskId);
      const service = task && world.services.get(task.ServiceID);
      if (entry.endedMeanwhile && task && service) restart(service, task);
    };
    const entry: Delay = {
      taskId,
      endedMeanwhile: false,
      cancel: () => {
        callOff();
        delays.delete(taskId);
      },
    };
    delays.set(taskId, entry);
    const awaitStop = () => {
      if (waitFor === undefined || hasStopped(waitFor.ID)) {
        finish();
        return;
      }
      const waiters = waiting.get(waitFor.ID) ?? new Set();
      waiting.set(waitFor.ID, waiters.add(finish));
      const stopTimer = clock.after(asked + stopTimeout - clock.now(), finish);
      callOff = () => {
        stopTimer();
        waiters.delete(finish);
      };
    };
    callOff = clock.after(delay, awaitStop);
  }

  function wakeWaiters(id: string): void {
    if (!waiting.has(id) || !hasStopped(id)) return;
    const waiters = waiting.get(id);
    waiting.delete(id);
    for (const wake of waiters ?? []) wake();
  }

  function restart(service: Service, task: Task): void {
    const delayed = delays.get(task.ID);
    if (delayed !== undefined) {
      delayed.endedMeanwhile = true;
      return;
    }
    tasks.update(task.ID, (old, meta) => ({ ...old, ...meta, DesiredState: 'shutdown' }));
    if (!history.mayRestart(task, service)) return;
    const mode = modeOf(service.Specification.spec).kind;
    const isGlobal = mode === 'global' || mode === 'global-job';
    const place = isGlobal ? { slot: 0, nodeId: task.NodeID } : { slot: task.Slot, nodeId: '' };
    const node = nodes.get(task.NodeID);
    const wanted = task.Spec.RestartPolicy?.Delay;
    const delay =
      node?.Spec.Availability === 'drain'
        ? 0
        : wanted === null || wanted === undefined
          ? defaultDelay
          : wanted / 1e6;
    const next = tasks.create(world.random.id(), (meta) => newTask(service, meta, place, 'ready'));
    history.record(next);
    delayStart({ taskId: next.ID, waitFor: task, delay });
  }

  return {
    restart,
    delayStart,
    updatable(slot, service) {
      const wanted = slot.filter((task) => !isOver(task.DesiredState));
      if (wanted.length > 0 || slot.length === 0) return wanted;
      if (service.UpdateStatus?.State === 'rollback_started') return [];
      const newest = slot.reduce((one, other) =>
        other.Status.Timestamp > one.Status.Timestamp ? other : one,
      );
      return history.mayRestart(newest, service) ? [] : [newest];
    },
    taskChanged: (task) => wakeWaiters(task.ID),
    nodeChanged(node) {
      if (node.Status.State !== 'down') return;
      for (const task of world.tasksBy.node(node.ID)) wakeWaiters(task.ID);
    },
    forgetTask(id) {
      delays.get(id)?.cancel();
      wakeWaiters(id);
    },
    forgetService: (id) => history.forget(id),
  };
}
