import { addNetwork } from './api/networks.ts';
import type { EventLog } from './events.ts';
import { fieldsIn, parseExactJson } from './exact-json.ts';
import type { Service, SwarmNode } from './objects.ts';
import { modeOf } from './service-spec.ts';
import { isOver } from './task-state.ts';
import type { World } from './world.ts';
import type { ServiceWrites } from './write-service.ts';

/** Something that goes wrong, to be looked at. It can be played again. */
export interface Scenario {
  readonly name: string;
  /** What happens, in a line. */
  readonly summary: string;
  /** A command that shows what came of it. */
  readonly look: string;
  play(): void;
}

/** What scenarios are played with. */
export interface Stage {
  readonly world: World;
  readonly services: ServiceWrites;
  /** Of the first manager's engine. */
  readonly events: EventLog;
  /** `registry.example/app` */
  readonly repository: string;
  stopNode(name: string): void;
  startNode(name: string): void;
}

/** How long what mends itself stays broken, in milliseconds. */
const awayFor = 60_000;
const stormEvents = 10_000;

export function scenariosOn(stage: Stage): readonly Scenario[] {
  const { world, services, repository } = stage;
  const put = (name: string, spec: Parts) => putService(name, { Image: `${repository}:1`, ...spec });
  return [
    {
      name: 'crash-loop',
      summary: 'A service whose container exits with 1 each time it is started',
      look: '/swarm ps crash-loop',
      play: () => put('crash-loop', { Image: `${repository}:crash` }),
    },
    {
      name: 'missing-image',
      summary: 'A service whose image does not exist',
      look: '/swarm ps missing-image',
      play: () => put('missing-image', { Image: `${repository}:does-not-exist` }),
    },
    {
      name: 'registry-away',
      summary: 'The registry is away for a minute, and a service is deployed meanwhile',
      look: '/swarm ps registry-away',
      play() {
        world.registry.away = true;
        world.clock.after(awayFor, () => {
          world.registry.away = false;
        });
        put('registry-away', { Image: `${repository}:3` });
      },
    },
    {
      name: 'unhealthy-update',
      summary: 'A service is updated to an image whose health check never passes',
      look: '/swarm ps unhealthy-update',
      play() {
        if (findService(world, 'unhealthy-update') === undefined) put('unhealthy-update', { replicas: 3 });
        world.clock.after(5000, () => put('unhealthy-update', { replicas: 3, Image: `${repository}:slow` }));
      },
    },
    {
      name: 'no-room',
      summary: 'A service that reserves more memory than any node has',
      look: '/swarm ps no-room',
      play: () => put('no-room', { task: { Resources: { Reservations: { MemoryBytes: 2 ** 44 } } } }),
    },
    {
      name: 'full-network',
      summary: 'A network with addresses for four tasks, and a service that wants ten: the rest stay new',
      look: '/swarm ps full-network',
      play() {
        const name = 'full-network';
        const known = [...world.networks.values()].find(({ Name }) => Name === name)?.ID;
        const subnet = { Name: name, Labels: {}, Attachable: false, Internal: false, Ingress: false };
        const Target = known ?? addNetwork(world, { ...subnet, Subnet: '10.77.0.0/29' });
        put(name, { replicas: 10, task: { Networks: [{ Target }] } });
      },
    },
    {
      name: 'node-dies',
      summary: 'The busiest worker dies, its tasks move, and it is back after a minute',
      look: '/swarm nodes',
      play() {
        const node = busiestWorker(world);
        if (node === undefined) return;
        stage.stopNode(node.Hostname);
        world.clock.after(awayFor, () => {
          // Whoever looks after the Swarm may have removed it meanwhile.
          if (world.nodes.get(node.ID) !== undefined) stage.startNode(node.Hostname);
        });
      },
    },
    {
      name: 'quorum-lost',
      summary: 'Most managers are away for a minute: nothing can be read or changed',
      look: '/swarm ls',
      play() {
        world.faults.noLeader = true;
        world.clock.after(awayFor, () => {
          world.faults.noLeader = false;
        });
      },
    },
    {
      name: 'port-conflict',
      summary: 'Two services want the same port of every node',
      look: '/swarm ps port-conflict-2',
      play() {
        const Ports = [{ TargetPort: 80, PublishedPort: 9999, PublishMode: 'host' }];
        put('port-conflict-1', { replicas: world.nodes.size, more: { EndpointSpec: { Ports } } });
        put('port-conflict-2', { replicas: 1, more: { EndpointSpec: { Ports } } });
      },
    },
    {
      name: 'failing-job',
      summary: 'A job that fails each time it is tried',
      look: '/swarm ps failing-job',
      play: () =>
        put('failing-job', {
          Mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } },
          container: { Command: ['sh', '-c', 'echo no space left on device >&2; exit 3'] },
        }),
    },
    {
      name: 'event-storm',
      summary: `${stormEvents.toLocaleString('en')} events within ten seconds`,
      look: '/swarm ls',
      play: () => storm(stage, 0),
    },
  ];

  interface Parts {
    readonly Image?: string;
    readonly replicas?: number;
    readonly Mode?: object;
    readonly task?: object;
    readonly container?: object;
    readonly more?: object;
  }

  /** Creates a service; one that is there is updated, and does it all again. */
  function putService(name: string, parts: Parts): void {
    const { Image, replicas = 2, Mode, task, container, more } = parts;
    const known = findService(world, name);
    const before = known && fieldsIn(fieldsIn(parseExactJson(known.Specification.text))['TaskTemplate']);
    const spec = {
      Name: name,
      TaskTemplate: {
        ...task,
        ContainerSpec: { Image, ...container },
        ForceUpdate: Number(before?.['ForceUpdate'] ?? -1) + 1,
      },
      Mode: Mode ?? { Replicated: { Replicas: replicas } },
      ...more,
    };
    if (known === undefined) services.create(spec);
    else services.update(known, spec, { version: known.Version });
  }
}

function findService(world: World, name: string): Service | undefined {
  return [...world.services.values()].find(({ Specification }) => Specification.spec.Name === name);
}

function busiestWorker(world: World): SwarmNode | undefined {
  const load = (node: SwarmNode) =>
    world.tasksBy
      .node(node.ID)
      .filter((task) => !isOver(task.DesiredState) && movesElsewhere(world, task.ServiceID)).length;
  return [...world.nodes.values()]
    .filter(({ ManagerStatus, Status }) => ManagerStatus === undefined && Status.State === 'ready')
    .toSorted((one, other) => load(other) - load(one))[0];
}

function movesElsewhere(world: World, serviceId: string): boolean {
  const service = world.services.get(serviceId);
  return service !== undefined && modeOf(service.Specification.spec).kind === 'replicated';
}

/** As health checks make them: an engine tells of each command that is run in a container. */
function storm(stage: Stage, sent: number): void {
  const { world, events } = stage;
  const burst = 250;
  for (let index = sent; index < sent + burst; index += 1) {
    const id = index.toString(16).padStart(64, '0');
    const action = ['exec_create: /healthy', 'exec_start: /healthy', 'exec_die'][index % 3] ?? 'exec_die';
    const attributes = { execID: id, image: `${stage.repository}:1`, name: `storm.${index % 50}` };
    events.publish({ type: 'container', action, id, attributes, scope: 'local', at: world.clock.now() });
  }
  if (sent + burst < stormEvents) world.clock.after(250, () => storm(stage, sent + burst));
}
