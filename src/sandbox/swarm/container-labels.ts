import type { Container } from './containers.ts';

/** What a Swarm's containers bear, beside what their image and their service give them. */
export function containerLabels(container: Container): Readonly<Record<string, string>> {
  return {
    ...container.spec.Labels,
    'com.docker.swarm.node.id': container.nodeId,
    'com.docker.swarm.service.id': container.serviceId,
    'com.docker.swarm.service.name': container.serviceName,
    'com.docker.swarm.task': '',
    'com.docker.swarm.task.id': container.taskId,
    'com.docker.swarm.task.name': container.name,
  };
}
