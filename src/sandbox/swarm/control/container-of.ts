import type { Container } from '../containers.ts';
import type { Task } from '../objects.ts';
import { programOf } from '../program.ts';
import type { World } from '../world.ts';
import { hostPortsOf } from './filters.ts';

/** The container that a task is given on its node; none when its image has gone. */
export function containerOf(world: World, task: Task): Container | undefined {
  const service = world.services.get(task.ServiceID);
  const spec = task.Spec.ContainerSpec ?? {};
  const image = world.registry.find(spec.Image ?? '');
  if (image === undefined) return undefined;
  const serviceName = service?.Specification.spec.Name ?? '';
  const name = `${serviceName}.${task.Slot > 0 ? task.Slot : task.NodeID}.${task.ID}`;
  return {
    id: world.random.hex64(),
    nodeId: task.NodeID,
    taskId: task.ID,
    serviceId: task.ServiceID,
    serviceName,
    name,
    image,
    imageReference: spec.Image ?? '',
    spec,
    program: programOf(image.program, spec),
    hostPorts: hostPortsOf(task).length === 0 ? [] : task.Ports.filter((port) => port.PublishMode === 'host'),
    pid: 0,
    created: world.clock.now(),
    started: undefined,
    finished: undefined,
    exitCode: 0,
    health: undefined,
  };
}
