import { Node } from '../../../src/swarm/node.ts';
import { Service, type ServiceSpec } from '../../../src/swarm/service.ts';
import { Task } from '../../../src/swarm/task.ts';

/** A replicated service with one replica that runs, unless told otherwise; its id is `id-of-NAME`. */
export function sampleService(
  name: string,
  { Spec, ...others }: Partial<Omit<Service, 'Spec'>> & { readonly Spec?: Partial<ServiceSpec> } = {},
): Service {
  return Service.parse({
    ID: `id-of-${name}`,
    Version: { Index: 10 },
    ServiceStatus: { RunningTasks: 1, DesiredTasks: 1 },
    ...others,
    Spec: {
      Name: name,
      Labels: {},
      TaskTemplate: { ContainerSpec: { Image: 'shop/web:1' } },
      Mode: { Replicated: { Replicas: 1 } },
      ...Spec,
    },
  });
}

/** A running task of `id-of-web` on `id-of-node1`, unless told otherwise. */
export function sampleTask(id: string, others: Partial<Task> = {}): Task {
  return Task.parse({
    ID: id,
    Version: { Index: 11 },
    CreatedAt: '2026-01-01T00:00:00.5Z',
    Spec: { ContainerSpec: { Image: 'shop/web:1' } },
    ServiceID: 'id-of-web',
    Slot: 1,
    NodeID: 'id-of-node1',
    DesiredState: 'running',
    Status: { State: 'running', Timestamp: '2026-01-01T00:00:01Z' },
    ...others,
  });
}

/** A worker that is ready, unless told otherwise; its id is `id-of-NAME`. */
export function sampleNode(name: string, others: Partial<Node> = {}): Node {
  return Node.parse({
    ID: `id-of-${name}`,
    Version: { Index: 5 },
    Spec: { Role: 'worker', Availability: 'active' },
    Description: { Hostname: name, Engine: { EngineVersion: '28.5.2' } },
    Status: { State: 'ready' },
    ...others,
  });
}
