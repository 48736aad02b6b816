import type { Container } from './containers.ts';
import type { ContainerChange } from './containers.ts';
import type { Service, SwarmNode } from './objects.ts';
import { modeOf } from './service-spec.ts';
import type { Change } from './table.ts';
import { containerLabels } from './container-labels.ts';

export interface SwarmEvent {
  readonly type: 'service' | 'node' | 'network' | 'secret' | 'config' | 'container' | 'image';
  readonly action: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly scope: 'swarm' | 'local';
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The newest events of one engine, and those who listen for more. */
export interface EventLog {
  publish(event: SwarmEvent): void;
  /** What is remembered, oldest first. */
  remembered(): readonly SwarmEvent[];
  /** @returns how to stop listening. */
  listen(listener: (event: SwarmEvent) => void): () => void;
  readonly listeners: number;
}

/** Source: moby, daemon/events. */
const memory = 256;

export function createEventLog(): EventLog {
  let events: SwarmEvent[] = [];
  const listeners = new Set<(event: SwarmEvent) => void>();
  return {
    publish(event) {
      events.push(event);
      // Not at each event, as that would copy the list each time.
      if (events.length > 4 * memory) events = events.slice(-memory);
      for (const listener of listeners) listener(event);
    },
    remembered: () => events.slice(-memory),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    get listeners() {
      return listeners.size;
    },
  };
}

/** With swarmkit's attributes (moby, daemon/events.go). */
export function serviceEvent({ action, object, old }: Change<Service>, now: number): SwarmEvent {
  const { spec } = object.Specification;
  const before = old?.Specification.spec;
  const mode = modeOf(spec);
  const oldMode = before && modeOf(before);
  const image = spec.TaskTemplate.ContainerSpec?.Image ?? '';
  const oldImage = before?.TaskTemplate.ContainerSpec?.Image ?? '';
  const state = object.UpdateStatus?.State;
  const oldState = old?.UpdateStatus?.State;
  const isUpdate = action === 'update' && old !== undefined;
  return {
    type: 'service',
    action,
    id: object.ID,
    scope: 'swarm',
    at: timeOf(action, object, now),
    attributes: {
      ...(isUpdate && image !== oldImage && { 'image.new': image, 'image.old': oldImage }),
      name: spec.Name,
      ...(isUpdate &&
        mode.kind === 'replicated' &&
        oldMode?.kind === 'replicated' &&
        mode.replicas !== oldMode.replicas && {
          'replicas.new': String(mode.replicas),
          'replicas.old': String(oldMode.replicas),
        }),
      ...(isUpdate &&
        state !== undefined &&
        state !== oldState && {
          'updatestate.new': state,
          ...(oldState !== undefined && { 'updatestate.old': oldState }),
        }),
    },
  };
}

export function nodeEvent({ action, object, old }: Change<SwarmNode>, now: number): SwarmEvent {
  const changed = (key: string, value: string | undefined, before: string | undefined) =>
    action === 'update' && value !== undefined && before !== undefined && value !== before
      ? { [`${key}.new`]: value, [`${key}.old`]: before }
      : {};
  const leader = (node: SwarmNode | undefined) => node?.ManagerStatus && String(node.ManagerStatus.Leader);
  return {
    type: 'node',
    action,
    id: object.ID,
    scope: 'swarm',
    at: timeOf(action, object, now),
    attributes: {
      ...changed('availability', object.Spec.Availability, old?.Spec.Availability),
      ...changed('leader', leader(object), leader(old)),
      name: object.Spec.Name || object.Hostname,
      ...changed('reachability', object.ManagerStatus?.Reachability, old?.ManagerStatus?.Reachability),
      ...changed(
        'role',
        object.ManagerStatus && 'manager',
        old && (old.ManagerStatus ? 'manager' : 'worker'),
      ),
      ...changed('state', object.Status.State, old?.Status.State),
    },
  };
}

interface Named {
  readonly ID: string;
  readonly Name: string;
  readonly CreatedAt: number;
  readonly UpdatedAt: number;
}

export function namedEvent(
  type: 'network' | 'secret' | 'config',
  { action, object }: Change<Named>,
  now: number,
): SwarmEvent {
  const at = timeOf(action, object, now);
  return { type, action, id: object.ID, scope: 'swarm', at, attributes: { name: object.Name } };
}

export function containerEvent({ action, container, at }: ContainerChange): SwarmEvent {
  const word = action === 'health_status' ? `health_status: ${container.health}` : action;
  return {
    type: 'container',
    action: word,
    id: container.id,
    scope: 'local',
    at,
    attributes: sortedByKey({
      ...containerLabels(container),
      ...dying(action, container),
      image: container.imageReference,
      name: container.name,
    }),
  };
}

function dying(action: ContainerChange['action'], container: Container): Record<string, string> {
  if (action === 'kill') return { signal: '15' };
  if (action !== 'die') return {};
  const seconds = ((container.finished ?? 0) - (container.started ?? 0)) / 1000;
  return { execDuration: String(Math.floor(seconds)), exitCode: String(container.exitCode) };
}

function sortedByKey(attributes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function timeOf(action: string, object: Pick<Named, 'CreatedAt' | 'UpdatedAt'>, now: number): number {
  if (action === 'create') return object.CreatedAt;
  return action === 'update' ? object.UpdatedAt : now;
}
