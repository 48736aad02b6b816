import type { ContainerSpec, Port } from './service-spec.ts';
import type { Image } from './registry.ts';
import type { Program } from './program.ts';

/** One container on one node's engine. Times are milliseconds since 1970. */
export interface Container {
  readonly id: string;
  readonly nodeId: string;
  readonly taskId: string;
  readonly serviceId: string;
  readonly serviceName: string;
  /** `web.1.v7fd6qfbhd64jfgnlxmdobfiw` */
  readonly name: string;
  readonly image: Image;
  /** As the service has it. */
  readonly imageReference: string;
  readonly spec: ContainerSpec;
  readonly program: Program;
  readonly hostPorts: readonly Port[];
  readonly pid: number;
  readonly created: number;
  readonly started: number | undefined;
  readonly finished: number | undefined;
  readonly exitCode: number;
  readonly health: 'starting' | 'healthy' | 'unhealthy' | undefined;
}

export interface ContainerChange {
  readonly action: 'create' | 'start' | 'kill' | 'die' | 'stop' | 'destroy' | 'health_status';
  readonly container: Container;
  readonly at: number;
}

export interface Containers {
  get(id: string): Container | undefined;
  ofTask(taskId: string): Container | undefined;
  /** Newest first. */
  on(nodeId: string): readonly Container[];
  tell(change: ContainerChange): void;
  listen(listener: (change: ContainerChange) => void): void;
}

export function createContainers(): Containers {
  const byId = new Map<string, Container>();
  const byTask = new Map<string, string>();
  const byNode = new Map<string, Set<string>>();
  const listeners: ((change: ContainerChange) => void)[] = [];
  return {
    get: (id) => byId.get(id),
    ofTask: (taskId) => byId.get(byTask.get(taskId) ?? ''),
    on: (nodeId) =>
      [...(byNode.get(nodeId) ?? [])]
        .map((id) => byId.get(id))
        .filter((container) => container !== undefined)
        .toReversed(),
    tell(change) {
      const { action, container } = change;
      if (action === 'destroy') {
        byId.delete(container.id);
        byTask.delete(container.taskId);
        byNode.get(container.nodeId)?.delete(container.id);
      } else {
        byId.set(container.id, container);
        byTask.set(container.taskId, container.id);
        const here = byNode.get(container.nodeId) ?? new Set();
        byNode.set(container.nodeId, here.add(container.id));
      }
      for (const listener of listeners) listener(change);
    },
    listen: (listener) => void listeners.push(listener),
  };
}

export function stateOf({ started, finished }: Container): 'created' | 'running' | 'exited' {
  if (finished !== undefined) return 'exited';
  return started === undefined ? 'created' : 'running';
}
