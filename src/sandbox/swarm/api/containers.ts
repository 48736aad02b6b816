import { type Container, stateOf } from '../containers.ts';
import { containerLabels } from '../container-labels.ts';
import { elapsedWords } from '../elapsed-words.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { type Answer, type Asked, isAsked, json, jsonOf } from './answer.ts';
import type { EngineParts } from './engine.ts';
import { filtersIn, hasLabels } from './filters.ts';
import { containerLogsOf } from './log-stream.ts';
import { containerView, networkView } from './inspect-container.ts';
import { statsOf } from './stats.ts';

/** The containers of this engine's own node. */
export function listContainers({ world, nodeId }: EngineParts, { query }: Asked): Answer {
  const accepted = ['ancestor', 'exited', 'health', 'id', 'is-task', 'label', 'name', 'network', 'status'];
  const filters = filtersIn(query, accepted);
  const limit = Number(query.get('limit') ?? 0);
  const showAll = isAsked(query, 'all') || limit > 0 || filters.has('status') || filters.has('exited');
  const includes = (text: string, wanted: readonly string[]) =>
    wanted.length === 0 || wanted.some((word) => text.includes(word));
  const found = world.containers
    .on(nodeId)
    .filter(
      (container) =>
        (showAll || stateOf(container) === 'running') &&
        includes(`/${container.name}`, filters.get('name')) &&
        (!filters.has('id') || filters.get('id').some((id) => container.id.startsWith(id))) &&
        (!filters.has('status') || filters.get('status').includes(stateOf(container))) &&
        (!filters.has('health') || filters.get('health').includes(container.health ?? 'none')) &&
        (!filters.has('exited') || filters.get('exited').includes(String(container.exitCode))) &&
        (!filters.has('ancestor') || filters.get('ancestor').includes(container.image.name)) &&
        hasLabels(containerLabels(container), filters.get('label')),
    );
  const shown = limit > 0 ? found.slice(0, limit) : found;
  return jsonOf(shown.map((container) => listed(world, container)));
}

function listed(world: World, container: Container) {
  return {
    Id: container.id,
    Names: [`/${container.name}`],
    Image: container.imageReference,
    ImageID: container.image.id,
    Command: commandLine(container.program.command),
    Created: Math.floor(container.created / 1000),
    Ports: container.hostPorts.flatMap((port) =>
      ['0.0.0.0', '::'].map((IP) => ({
        IP,
        PrivatePort: port.TargetPort,
        PublicPort: port.PublishedPort,
        Type: port.Protocol ?? 'tcp',
      })),
    ),
    Labels: containerLabels(container),
    State: stateOf(container),
    Status: statusWords(container, world.clock.now()),
    HostConfig: { NetworkMode: 'bridge' },
    NetworkSettings: { Networks: { bridge: networkView(container) } },
    Mounts: [],
  };
}

function commandLine(command: readonly string[]): string {
  return command.map((word) => (word.includes(' ') ? `'${word}'` : word)).join(' ');
}

function statusWords(container: Container, now: number): string {
  const { started, finished, exitCode, health } = container;
  if (finished !== undefined) return `Exited (${exitCode}) ${elapsedWords(now - finished)} ago`;
  if (started === undefined) return 'Created';
  const suffix = health === undefined ? '' : health === 'starting' ? ' (health: starting)' : ` (${health})`;
  return `Up ${elapsedWords(now - started)}${suffix}`;
}

export function inspectContainer(engine: EngineParts, { params: [reference = ''] }: Asked): Answer {
  return jsonOf(containerView(findContainer(engine, reference)));
}

export function containerLogs(engine: EngineParts, { params: [reference = ''], query }: Asked): Answer {
  return containerLogsOf(engine.world, findContainer(engine, reference), query);
}

export function containerStats(engine: EngineParts, { params: [reference = ''], query }: Asked): Answer {
  const { world } = engine;
  const { id } = findContainer(engine, reference);
  const once = isAsked(query, 'one-shot') || query.get('stream') === '0' || query.get('stream') === 'false';
  const now = () => statsOf(world, id, isAsked(query, 'one-shot'));
  if (once) return json(now());
  return {
    kind: 'stream',
    contentType: 'application/json',
    write(response) {
      let callOff = () => {};
      const tick = () => {
        response.write(`${now()}\n`);
        callOff = world.clock.after(1000, tick);
      };
      tick();
      return () => callOff();
    },
  };
}

/** By id, by name, or by the beginning of an id. @throws Refusal */
function findContainer({ world, nodeId }: EngineParts, reference: string): Container {
  const here = world.containers.on(nodeId);
  const named = here.find(({ id, name }) => id === reference || name === reference.replace(/^\//, ''));
  if (named !== undefined) return named;
  const [only, ...others] = here.filter(({ id }) => id.startsWith(reference));
  if (only === undefined) throw new Refusal(404, `No such container: ${reference}`);
  if (others.length > 0) {
    throw new Refusal(400, `multiple IDs found with provided prefix: ${reference}`);
  }
  return only;
}
