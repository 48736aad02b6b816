import type { Node } from '../../../src/swarm/node.ts';
import type { Service, ServiceMode } from '../../../src/swarm/service.ts';
import type { ServiceSnapshot } from '../../../src/swarm/task-counts.ts';
import type { Task } from '../../../src/swarm/task.ts';

export function replicated(replicas: number, change: Partial<Service> = {}): Service {
  return service({ Replicated: { Replicas: replicas } }, change);
}

export function service(mode: ServiceMode, change: Partial<Service> = {}): Service {
  return {
    ID: 'web-id',
    Version: { Index: 11 },
    Spec: { Name: 'web', TaskTemplate: { ContainerSpec: { Image: 'shop/web:2' } }, Mode: mode },
    ...change,
  };
}

/** `running`, `failed on n2: task: non-zero exit (1)`, `running, to shutdown`. Of node n1 unless told. */
export function task(id: string, slot: number, words: string, change: Partial<Task> = {}): Task {
  const parts = /^(?<state>\w+)(?:, to (?<desired>\w+))?(?: on (?<node>[\w-]+))?(?:: (?<error>.*))?$/.exec(
    words,
  );
  const { state = '', desired, node, error } = parts?.groups ?? {};
  const ended = ['complete', 'shutdown', 'failed', 'rejected'].includes(state);
  const code = /non-zero exit \((\d+)\)/.exec(error ?? '')?.[1];
  const placed = !['new', 'allocated', 'pending'].includes(state);
  return {
    ID: id,
    Version: { Index: 1 },
    Spec: {},
    Slot: slot,
    ...(node !== undefined || placed ? { NodeID: node ?? 'n1' } : {}),
    DesiredState: desired ?? (ended ? 'shutdown' : 'running'),
    Status: {
      State: state,
      ...(error === undefined ? {} : { Err: error }),
      ...(code === undefined ? {} : { ContainerStatus: { ExitCode: Number(code) } }),
    },
    ...change,
  };
}

export function node(
  id: string,
  change: { state?: string; availability?: string; labels?: Record<string, string> } = {},
): Node {
  return {
    ID: id,
    Version: { Index: 1 },
    Spec: { Role: 'worker', Availability: change.availability ?? 'active', Labels: change.labels ?? {} },
    Description: { Hostname: `host-${id}`, Platform: { OS: 'linux', Architecture: 'x86_64' } },
    Status: { State: change.state ?? 'ready', Addr: '10.0.0.5' },
  };
}

export const threeNodes = [node('n1'), node('n2'), node('n3')];

/** All tasks are up to date unless told. */
export function snapshot(
  seen: { at: number; service: Service; tasks: readonly Task[] } & Partial<ServiceSnapshot>,
): ServiceSnapshot {
  return { upToDate: seen.tasks, nodes: threeNodes, ...seen };
}
