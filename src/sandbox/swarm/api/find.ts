import type { Keepsake, Network, Service, SwarmNode, Task } from '../objects.ts';
import { Refusal } from '../refusal.ts';
import type { Table } from '../table.ts';
import type { World } from '../world.ts';

/** By id, by name, or by the beginning of an id, as the engine does (moby, daemon/cluster/helpers.go). */
function find<T extends { readonly ID: string }>(
  kind: string,
  table: { get(id: string): T | undefined; all(): readonly T[] },
  reference: string,
  name: (object: T) => string,
): T {
  const exact = table.get(reference);
  if (exact !== undefined) return exact;
  const all = table.all();
  const named = all.filter((object) => name(object) === reference);
  const matches = named.length > 0 ? named : all.filter(({ ID }) => ID.startsWith(reference));
  const [only, ...others] = matches;
  if (only === undefined) throw new Refusal(404, `${kind} ${reference} not found`);
  if (others.length > 0) {
    throw new Refusal(400, `${kind} ${reference} is ambiguous (${matches.length} matches found)`);
  }
  return only;
}

export function findService(world: World, reference: string): Service {
  return find('service', world.services, reference, ({ Specification }) => Specification.spec.Name);
}

export function findNode(world: World, reference: string): SwarmNode {
  return find('node', world.nodes, reference, ({ Hostname }) => Hostname);
}

export function findTask(world: World, reference: string): Task {
  return find('task', world.tasks, reference, (task) => taskName(world, task));
}

export function findNetwork(world: World, reference: string): Network {
  return find('network', world.networks, reference, ({ Name }) => Name);
}

export function findKeepsake(kind: 'secret' | 'config', table: Table<Keepsake>, reference: string): Keepsake {
  return find(kind, table, reference, ({ Name }) => Name);
}

/** `web.1.v7fd6qfbhd64jfgnlxmdobfiw`, with the node's id in place of the slot for a global service's. */
export function taskName(world: World, task: Task): string {
  const service = world.services.get(task.ServiceID)?.Specification.spec.Name ?? '';
  return `${service}.${task.Slot > 0 ? task.Slot : task.NodeID}.${task.ID}`;
}
