import { once } from 'node:events';
import type { Server } from 'node:http';
import { engineServer } from './api/server.ts';
import type { EngineParts } from './api/engine.ts';
import { addNetwork } from './api/networks.ts';
import { type Clock, createClock } from './clock.ts';
import { type Controllers, startControllers } from './control/controllers.ts';
import {
  containerEvent,
  createEventLog,
  type EventLog,
  namedEvent,
  nodeEvent,
  serviceEvent,
  type SwarmEvent,
} from './events.ts';
import type { Program } from './program.ts';
import { addLabImages } from './registry.ts';
import { type Scenario, scenariosOn } from './scenarios.ts';
import { createWorld, type World } from './world.ts';
import { serviceWrites, type ServiceWrites } from './write-service.ts';

interface NodeOptions {
  /** Its hostname; `node1`, `node2`, … when absent. */
  readonly name?: string;
  readonly role?: 'manager' | 'worker';
  readonly labels?: Readonly<Record<string, string>>;
  readonly cpus?: number;
  readonly memoryBytes?: number;
}

export interface SwarmOptions {
  /** How many nodes, or which; the first is the leader. 3 when absent. */
  readonly nodes?: number | readonly NodeOptions[];
  /** Where its first engine listens: any free port of 127.0.0.1 when absent. */
  readonly listen?: { readonly port?: number } | { readonly socket: string };
  /** How many times faster than the world's its time passes; 0 in tests that advance it by hand. */
  readonly speed?: number;
  /** Milliseconds since 1970 at which its time begins; now when absent. */
  readonly start?: number;
  /** The same seed gives the same ids. */
  readonly seed?: number;
  /** Images beside those, with a tag each. */
  readonly images?: readonly { readonly name: string; readonly program: Program }[];
  /** Names of overlay networks. */
  readonly networks?: readonly string[];
  /** Specs, as the Engine API takes them. */
  readonly services?: readonly object[];
  /** It has been running for so many milliseconds when it starts. */
  readonly age?: number;
  /** Where its images are: `REPOSITORY:1`, `:2`, `:3`, `:crash` and `:slow`. */
  readonly repository?: string;
  /** Its nodes' addresses but for the last number: `10.20.0`. */
  readonly subnet?: string;
  /** What its engines say they are. */
  readonly engineVersion?: string;
  /** Milliseconds: how often nodes tell that they are there. */
  readonly heartbeat?: number;
}

/**
 * A Swarm that is none: its engines answer as dockerd does, and nothing runs. It is there until it is disposed of.
 *
 *     await using swarm = await startSwarm({ nodes: 5 });
 *     process.env.DOCKER_HOST = swarm.dockerHost;
 *     swarm.scenario('crash-loop');
 *
 * `startSwarm(sampleShop())` has a small shop in it, `startSwarm(fleet({ services, tasks, nodes }))` as much as you like.
 */
export interface Swarm extends AsyncDisposable {
  /** The first manager's engine: `tcp://127.0.0.1:PORT` or `unix:///PATH`. */
  readonly dockerHost: string;
  readonly clock: Clock;
  readonly world: World;
  readonly services: ServiceWrites;
  /** What can go wrong in it on demand. */
  readonly scenarios: readonly Scenario[];
  /** Plays one of them. @throws Error for a name that none has */
  scenario(name: string): void;
  /** Lets another node's engine be talked to, on a port of its own. @returns its DOCKER_HOST. */
  listen(nodeName: string): Promise<string>;
  /** Takes a node off the network, as if it had died; three heartbeats later the Swarm sees it as down. */
  stopNode(nodeName: string): void;
  startNode(nodeName: string): void;
}

const gib = 1024 ** 3;

export async function startSwarm(options: SwarmOptions = {}): Promise<Swarm> {
  const clock = createClock({
    start: (options.start ?? Date.now()) - (options.age ?? 0),
    ...(options.speed !== undefined && { speed: options.speed }),
  });
  const world = createWorld(clock, options.seed ?? Math.floor(Math.random() * 2 ** 32), {
    taskHistory: 5,
    heartbeat: options.heartbeat ?? 5000,
    engineVersion: options.engineVersion ?? '28.5.2',
  });
  const controllers = startControllers(world);
  const logs = createEventLogs(world);
  const repository = options.repository ?? 'registry.example/app';
  addLabImages(world.registry, repository);
  for (const { name, program } of options.images ?? []) world.registry.add(name, program);
  const network = { Labels: {}, Attachable: false, Internal: false };
  addNetwork(world, { ...network, Name: 'ingress', Ingress: true });
  const nodes =
    typeof options.nodes === 'number' ? Array.from({ length: options.nodes }, () => ({})) : options.nodes;
  for (const [index, node] of (nodes ?? [{}, {}, {}]).entries()) {
    addNode(world, node, { index, subnet: options.subnet ?? '10.20.0' });
  }
  const services = serviceWrites(world);
  for (const Name of options.networks ?? []) addNetwork(world, { ...network, Name, Ingress: false });
  for (const spec of options.services ?? []) services.create(spec);
  clock.advance(options.age ?? 0);
  const servers: Server[] = [];

  async function listen(nodeId: string, where: NonNullable<SwarmOptions['listen']>): Promise<string> {
    const engine: EngineParts = { world, controllers, services, events: logs(nodeId), nodeId, inSwarm: true };
    const server = engineServer(engine);
    servers.push(server);
    if ('socket' in where) server.listen(where.socket);
    else server.listen(where.port ?? 0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return address === null || typeof address === 'string'
      ? `unix://${address}`
      : `tcp://127.0.0.1:${address.port}`;
  }

  const nodeNamed = (name: string) => {
    const node = [...world.nodes.values()].find(({ Hostname }) => Hostname === name);
    if (node === undefined) throw new Error(`there is no node "${name}"`);
    return node;
  };
  const [first] = [...world.nodes.values()];
  const stop = (name: string) => stopNode(world, controllers, nodeNamed(name).ID);
  const start = (name: string) => startNode(world, controllers, nodeNamed(name).ID);
  const events = logs(first?.ID ?? '');
  const scenarios = scenariosOn({ world, services, events, repository, stopNode: stop, startNode: start });
  return {
    scenarios,
    scenario(name) {
      const found = scenarios.find((scenario) => scenario.name === name);
      if (found === undefined) {
        const names = scenarios.map((scenario) => scenario.name).join(', ');
        throw new Error(`there is no scenario "${name}"; there are ${names}`);
      }
      found.play();
    },
    dockerHost: await listen(first?.ID ?? '', options.listen ?? {}),
    clock,
    world,
    services,
    listen: (name) => listen(nodeNamed(name).ID, {}),
    stopNode: stop,
    startNode: start,
    async [Symbol.asyncDispose]() {
      clock[Symbol.dispose]();
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
    },
  };
}

interface NodePlace {
  readonly index: number;
  readonly subnet: string;
}

function addNode(world: World, options: NodeOptions, { index, subnet }: NodePlace): void {
  const isManager = (options.role ?? (index === 0 ? 'manager' : 'worker')) === 'manager';
  world.nodes.create(world.random.id(), (meta) => ({
    ...meta,
    Spec: { Labels: options.labels ?? {}, Role: isManager ? 'manager' : 'worker', Availability: 'active' },
    Hostname: options.name ?? `node${index + 1}`,
    Platform: { Architecture: 'x86_64', OS: 'linux' },
    Resources: { NanoCPUs: (options.cpus ?? 4) * 1e9, MemoryBytes: options.memoryBytes ?? 16 * gib },
    EngineLabels: {},
    Status: { State: 'ready', Addr: `${subnet}.${11 + index}` },
    ManagerStatus: isManager ? { Leader: index === 0, Reachability: 'reachable' } : undefined,
  }));
}

function stopNode(world: World, { agent }: Controllers, id: string): void {
  agent.setCutOff(id, true);
  world.clock.after(3 * world.settings.heartbeat, () => {
    if (!agent.isCutOff(id)) return;
    world.nodes.update(id, (old, meta) => ({
      ...old,
      ...meta,
      Status: { ...old.Status, State: 'down', Message: 'heartbeat failure' },
      ManagerStatus: old.ManagerStatus && { ...old.ManagerStatus, Reachability: 'unreachable' },
    }));
  });
}

function startNode(world: World, { agent }: Controllers, id: string): void {
  world.nodes.update(id, (old, meta) => ({
    ...old,
    ...meta,
    Status: { State: 'ready', Addr: old.Status.Addr },
    ManagerStatus: old.ManagerStatus && { ...old.ManagerStatus, Reachability: 'reachable' },
  }));
  agent.setCutOff(id, false);
}

/** Each engine remembers its own events; those of the managers also the Swarm's. */
function createEventLogs(world: World): (nodeId: string) => EventLog {
  const logs = new Map<string, EventLog>();
  const logOf = (nodeId: string) => {
    const log = logs.get(nodeId) ?? createEventLog();
    logs.set(nodeId, log);
    return log;
  };
  const toManagers = (event: SwarmEvent) => {
    for (const node of world.nodes.values()) if (node.ManagerStatus) logOf(node.ID).publish(event);
  };
  const now = () => world.clock.now();
  world.services.on((change) => toManagers(serviceEvent(change, now())));
  world.nodes.on((change) => toManagers(nodeEvent(change, now())));
  world.networks.on((change) => toManagers(namedEvent('network', change, now())));
  world.secrets.on((change) => toManagers(namedEvent('secret', change, now())));
  world.configs.on((change) => toManagers(namedEvent('config', change, now())));
  world.containers.listen((change) => logOf(change.container.nodeId).publish(containerEvent(change)));
  return logOf;
}
