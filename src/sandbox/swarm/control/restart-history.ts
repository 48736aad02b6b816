import type { Service, Task } from '../objects.ts';
import { isJob, modeOf } from '../service-spec.ts';

/** How often the tasks of each slot were restarted, for policies that limit it. */
export interface RestartHistory {
  /** May a task that is over be followed by another? */
  mayRestart(task: Task, service: Service): boolean;
  /** @param task the one that follows. */
  record(task: Task): void;
  forget(serviceId: string): void;
}

interface Restarted {
  readonly specVersion: number;
  readonly at: readonly number[];
}

export function createRestartHistory(): RestartHistory {
  const services = new Map<string, Map<string, Restarted>>();
  return {
    mayRestart(task, service) {
      const { Condition, MaxAttempts, Window } = task.Spec.RestartPolicy ?? {};
      const isDone = task.Status.State === 'complete';
      const condition = Condition || 'any';
      if (condition === 'none') return false;
      if (isDone && (condition === 'on-failure' || isJob(service.Specification.spec))) return false;
      if (!MaxAttempts) return true;
      const restarted = services.get(task.ServiceID)?.get(placeOf(task, service));
      if (restarted === undefined || restarted.specVersion !== task.SpecVersion) return true;
      const end = task.Status.Timestamp;
      const counted = Window
        ? restarted.at.filter((at) => at > end - Window / 1e6 && at < end)
        : restarted.at;
      return counted.length < MaxAttempts;
    },
    record(task) {
      if (!task.Spec.RestartPolicy?.MaxAttempts) return;
      const places = services.get(task.ServiceID) ?? new Map<string, Restarted>();
      services.set(task.ServiceID, places);
      const place = `${task.Slot}/${task.Slot === 0 ? task.NodeID : ''}`;
      const known = places.get(place);
      const at = known?.specVersion === task.SpecVersion ? known.at : [];
      places.set(place, { specVersion: task.SpecVersion, at: [...at, task.CreatedAt] });
    },
    forget: (serviceId) => void services.delete(serviceId),
  };
}

function placeOf(task: Task, service: Service): string {
  const isGlobal = modeOf(service.Specification.spec).kind.startsWith('global');
  return `${task.Slot}/${isGlobal ? task.NodeID : ''}`;
}
