import type { Container } from '../containers.ts';
import type { ContainerStatus, Task, TaskStatus } from '../objects.ts';
import { containerOf } from './container-of.ts';
import { compareStates, isOver, type TaskState } from '../task-state.ts';
import type { World } from '../world.ts';

/** What the engines of the nodes do: they walk tasks through their states, as the images' programs have it. */
export interface Agent {
  taskChanged(task: Task): void;
  /** Its containers go when a task is forgotten. */
  taskRemoved(task: Task): void;
  /** A node that is cut off does nothing more that the Swarm hears of, until it is back. */
  setCutOff(nodeId: string, isCutOff: boolean): void;
  isCutOff(nodeId: string): boolean;
}

interface Step {
  /** What it was planned for: a change that doesn't change this doesn't change the plan. */
  readonly key: string;
  cancel(): void;
}

/** How long each step takes, in milliseconds. */
const takes = {
  accept: 30,
  prepare: 20,
  pull: 600,
  find: 60,
  create: 40,
  start: 180,
  refuse: 350,
  stopIdle: 30,
};

export function createAgent(world: World): Agent {
  const { clock, tasks, containers } = world;
  const steps = new Map<string, Step>();
  const cutOff = new Set<string>();
  const pulled = new Set<string>();
  let pids = 1000;

  function plan(task: Task, key: string, delay: number, run: (task: Task) => void): void {
    const known = steps.get(task.ID);
    if (known?.key === key) return;
    known?.cancel();
    const cancel = clock.after(delay, () => {
      steps.delete(task.ID);
      const now = tasks.get(task.ID);
      if (now !== undefined) run(now);
    });
    steps.set(task.ID, { key, cancel });
  }

  function abandon(id: string): void {
    steps.get(id)?.cancel();
    steps.delete(id);
  }

  function report(task: Task, State: TaskState, Message: string, more: Partial<TaskStatus> = {}): void {
    const known = task.Status.ContainerStatus;
    const Status = {
      Timestamp: clock.now(),
      State,
      Message,
      ...(known && { ContainerStatus: known }),
      ...more,
    };
    tasks.update(task.ID, (old, meta) => ({ ...old, ...meta, Status }));
  }

  function consider(task: Task): void {
    const { State } = task.Status;
    const isHere = task.NodeID !== '' && compareStates(State, 'assigned') >= 0 && !isOver(State);
    if (!isHere || cutOff.has(task.NodeID)) {
      abandon(task.ID);
      return;
    }
    if (compareStates(task.DesiredState, 'shutdown') >= 0) {
      planStop(task);
      return;
    }
    const isWanted = task.DesiredState === 'running' || task.DesiredState === 'complete';
    if (State === 'assigned') {
      plan(task, State, takes.accept, (now) => report(now, 'accepted', 'accepted'));
    } else if (State === 'accepted') {
      plan(task, State, takes.prepare, (now) => report(now, 'preparing', 'preparing'));
    } else if (State === 'preparing') {
      planPreparation(task);
    } else if (State === 'ready' && isWanted) {
      plan(task, 'ready wanted', takes.create, (now) => report(now, 'starting', 'starting'));
    } else if (State === 'starting') {
      planStart(task);
    } else if (State === 'running') {
      planEnd(task);
    }
  }

  function planPreparation(task: Task): void {
    const reference = task.Spec.ContainerSpec?.Image ?? '';
    const image = world.registry.find(reference);
    const place = `${task.NodeID}/${image?.digest}`;
    const isThere = pulled.has(place);
    if (image === undefined || (world.registry.away && !isThere)) {
      const [tagged = reference] = reference.split('@');
      plan(task, 'preparing', takes.refuse, (now) =>
        report(now, 'rejected', 'preparing', {
          Err: `No such image: ${image === undefined ? tagged : reference}`,
        }),
      );
      return;
    }
    plan(task, 'preparing', isThere ? takes.find : takes.pull, (now) => {
      pulled.add(place);
      const container = containerOf(world, now);
      if (container !== undefined) containers.tell({ action: 'create', container, at: clock.now() });
      report(now, 'ready', 'prepared');
    });
  }

  function planStart(task: Task): void {
    const container = containers.ofTask(task.ID);
    if (container === undefined) {
      plan(task, 'starting', takes.start, (now) =>
        report(now, 'failed', 'starting', { Err: 'container is gone' }),
      );
      return;
    }
    const { health } = container.program;
    if (container.started !== undefined) return;
    plan(task, 'starting', takes.start, (now) => {
      pids += 7;
      const started: Container = {
        ...container,
        started: clock.now(),
        pid: pids,
        health: health === undefined ? undefined : 'starting',
      };
      containers.tell({ action: 'start', container: started, at: clock.now() });
      if (health === undefined) {
        report(now, 'running', 'started', { ContainerStatus: statusOf(started) });
        return;
      }
      plan(now, 'health', health.after, (later) => {
        if (health.healthy) becomeHealthy(later, started);
        else becomeUnhealthy(later, started);
      });
    });
  }

  function becomeHealthy(task: Task, container: Container): void {
    const healthy: Container = { ...container, health: 'healthy' };
    containers.tell({ action: 'health_status', container: healthy, at: clock.now() });
    report(task, 'running', 'started', { ContainerStatus: statusOf(healthy) });
  }

  function becomeUnhealthy(task: Task, container: Container): void {
    const unhealthy: Container = { ...container, health: 'unhealthy' };
    containers.tell({ action: 'health_status', container: unhealthy, at: clock.now() });
    const { code } = container.program.stop;
    containers.tell({ action: 'kill', container: unhealthy, at: clock.now() });
    const stopped = finish(unhealthy, code, true);
    report(task, 'failed', 'starting', {
      Err: `task: non-zero exit (${code}): dockerexec: unhealthy container`,
      ContainerStatus: statusOf(stopped),
    });
  }

  function planEnd(task: Task): void {
    const container = containers.ofTask(task.ID);
    const end = container?.program.end;
    if (container?.started === undefined || end === undefined) return;
    plan(task, 'running', container.started + end.after - clock.now(), (now) => {
      const stopped = finish(container, end.code, false);
      const ContainerStatus = statusOf(stopped);
      if (end.code === 0) report(now, 'complete', 'finished', { ContainerStatus });
      else report(now, 'failed', 'started', { Err: `task: non-zero exit (${end.code})`, ContainerStatus });
    });
  }

  function planStop(task: Task): void {
    const container = containers.ofTask(task.ID);
    const isUp = container?.started !== undefined && container.finished === undefined;
    if (!isUp) {
      plan(task, 'shutdown', takes.stopIdle, (now) => report(now, 'shutdown', 'shutdown'));
      return;
    }
    if (steps.get(task.ID)?.key !== 'shutdown')
      containers.tell({ action: 'kill', container, at: clock.now() });
    const { stop } = container.program;
    const grace = (task.Spec.ContainerSpec?.StopGracePeriod ?? 10e9) / 1e6;
    const isKilled = stop.takes > grace;
    plan(task, 'shutdown', isKilled ? grace : stop.takes, (now) => {
      const stopped = finish(container, isKilled ? 137 : stop.code, true);
      report(now, 'shutdown', 'shutdown', { ContainerStatus: statusOf(stopped) });
    });
  }

  function finish(container: Container, exitCode: number, isStopped: boolean): Container {
    const at = clock.now();
    const finished: Container = { ...container, finished: at, exitCode };
    if (isStopped) containers.tell({ action: 'stop', container: finished, at });
    containers.tell({ action: 'die', container: finished, at });
    return finished;
  }

  return {
    taskChanged: consider,
    taskRemoved(task) {
      abandon(task.ID);
      const container = containers.ofTask(task.ID);
      if (container !== undefined) containers.tell({ action: 'destroy', container, at: clock.now() });
    },
    setCutOff(nodeId, isCut) {
      if (isCut) cutOff.add(nodeId);
      else cutOff.delete(nodeId);
      for (const task of world.tasksBy.node(nodeId)) consider(task);
    },
    isCutOff: (nodeId) => cutOff.has(nodeId),
  };
}

function statusOf(container: Container): ContainerStatus {
  return {
    ContainerID: container.id,
    PID: container.finished === undefined ? container.pid : 0,
    ExitCode: container.exitCode,
  };
}
