import { runsPlatform, unmetConstraint } from './eligible-nodes.ts';
import { naturalOrder } from './natural-order.ts';
import { nodeName } from './node-name.ts';
import type { Node } from './node.ts';
import type { Service } from './service.ts';
import { isOnNode } from './task-on-node.ts';
import { isMeantToStop } from './task-state.ts';
import type { Task } from './task.ts';

/** What a node has left. CPUs are billionths of one, memory is bytes; ports are as `8080/tcp`. */
export interface NodeLoad {
  readonly node: Node;
  readonly freeCpus: number;
  readonly freeMemory: number;
  readonly hostPorts: ReadonlySet<string>;
  /** Tasks that are there to stay, by service id. */
  readonly tasks: ReadonlyMap<string, number>;
}

/** What a node has left beside its tasks. Source: swarmkit manager/scheduler/nodeinfo.go. */
export function nodeLoad(node: Node, tasks: readonly Task[], services: readonly Service[]): NodeLoad {
  const here = tasks.filter((task) => isOnNode(task, node.ID));
  const { NanoCPUs, MemoryBytes } = node.Description.Resources ?? {};
  const empty: NodeLoad = {
    node,
    freeCpus: NanoCPUs ?? 0,
    freeMemory: MemoryBytes ?? 0,
    hostPorts: new Set(),
    tasks: new Map(),
  };
  return here.reduce((load, { ServiceID, Spec, DesiredState }) => {
    const service = services.find(({ ID }) => ID === ServiceID);
    const ports = service ? hostPorts(service) : [];
    return withTask(load, ServiceID ?? '', Spec, ports, isMeantToStop(DesiredState) ? 0 : 1);
  }, empty);
}

/** The same with one more task of a service. */
export function withTaskOf(load: NodeLoad, service: Service): NodeLoad {
  return withTask(load, service.ID, service.Spec.TaskTemplate, hostPorts(service), 1);
}

function withTask(
  load: NodeLoad,
  serviceId: string,
  { Resources }: Task['Spec'],
  ports: readonly string[],
  counted: 0 | 1,
): NodeLoad {
  return {
    node: load.node,
    freeCpus: load.freeCpus - (Resources?.Reservations?.NanoCPUs ?? 0),
    freeMemory: load.freeMemory - (Resources?.Reservations?.MemoryBytes ?? 0),
    hostPorts: load.hostPorts.union(new Set(ports)),
    tasks: new Map(load.tasks).set(serviceId, (load.tasks.get(serviceId) ?? 0) + counted),
  };
}

/** Ports that are published on the node of each task. A port that Docker picks never is in use. */
function hostPorts({ Spec }: Service): readonly string[] {
  const ports = Spec.EndpointSpec?.Ports ?? [];
  return ports
    .filter(({ PublishMode, PublishedPort }) => PublishMode === 'host' && PublishedPort)
    .map(({ PublishedPort, Protocol }) => `${PublishedPort}/${Protocol ?? 'tcp'}`);
}

/**
 * Why a node that takes tasks can't take one more of this service, or undefined when it can; what is the same for several
 * nodes is said in the same words. Generic resources, plugins and volumes aren't looked at.
 * Source: swarmkit manager/scheduler/filter.go, in its order.
 */
export function placementObstacle(load: NodeLoad, service: Service): string | undefined {
  const { TaskTemplate } = service.Spec;
  const { NanoCPUs: cpus, MemoryBytes: memory } = TaskTemplate.Resources?.Reservations ?? {};
  if ((cpus ?? 0) > load.freeCpus) return 'too little CPU is free on';
  if ((memory ?? 0) > load.freeMemory) return 'too little memory is free on';
  const constraint = unmetConstraint(load.node, TaskTemplate);
  if (constraint !== undefined) return `its constraint ${constraint} rules out`;
  if (!runsPlatform(load.node, TaskTemplate)) return 'its image is for another platform than that of';
  const port = hostPorts(service).find((each) => load.hostPorts.has(each));
  if (port !== undefined) return `its host-mode port ${port} is in use on`;
  const most = TaskTemplate.Placement?.MaxReplicas ?? 0;
  if (most > 0 && (load.tasks.get(service.ID) ?? 0) >= most) return `${most} of it, and no more, may run on`;
  return undefined;
}

/** `its constraint node.role==manager rules out node2 and 4 others`: obstacles, each with the nodes that have it. */
export function obstaclesInWords(obstacles: readonly (readonly [obstacle: string, node: Node])[]): string {
  const byObstacle = Map.groupBy(obstacles, ([obstacle]) => obstacle);
  return [...byObstacle]
    .map(
      ([obstacle, those]) =>
        `${obstacle} ${namesOf(those.map(([, node]) => nodeName(node)).toSorted(naturalOrder))}`,
    )
    .join('; ');
}

function namesOf(names: readonly string[]): string {
  if (names.length <= 2) return names.join(' and ');
  return names.length === 3
    ? `${names[0]}, ${names[1]} and ${names[2]}`
    : `${names[0]} and ${names.length - 1} others`;
}
