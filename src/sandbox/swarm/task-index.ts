import type { Task } from './objects.ts';
import type { Table } from './table.ts';

/** A Swarm's tasks by what they are looked for by, so that no look-up goes through all of them. */
export interface TaskIndex {
  service(id: string): readonly Task[];
  node(id: string): readonly Task[];
  /** The tasks that are, or were, in the same place as this one: a slot, or a node for a global service. */
  slot(task: Pick<Task, 'ServiceID' | 'Slot' | 'NodeID'>): readonly Task[];
}

type Groups = Map<string, Map<string, Task>>;

export function taskIndex(tasks: Table<Task>): TaskIndex {
  const byService: Groups = new Map();
  const byNode: Groups = new Map();
  const bySlot: Groups = new Map();
  const groups = (task: Task): readonly (readonly [Groups, string])[] => [
    [byService, task.ServiceID],
    [byNode, task.NodeID],
    [bySlot, slotKey(task)],
  ];
  tasks.on(({ action, object, old }) => {
    if (old !== undefined && (old.NodeID !== object.NodeID || slotKey(old) !== slotKey(object))) {
      for (const [all, key] of groups(old)) take(all, key, old.ID);
    }
    for (const [all, key] of groups(object)) {
      if (action === 'remove') take(all, key, object.ID);
      else put(all, key, object);
    }
  });
  return {
    service: (id) => [...(byService.get(id)?.values() ?? [])],
    node: (id) => [...(byNode.get(id)?.values() ?? [])],
    slot: (task) => [...(bySlot.get(slotKey(task))?.values() ?? [])],
  };
}

function slotKey({ ServiceID, Slot, NodeID }: Pick<Task, 'ServiceID' | 'Slot' | 'NodeID'>): string {
  return Slot > 0 ? `${ServiceID}.${Slot}` : `${ServiceID}.${NodeID}`;
}

function put(all: Groups, key: string, task: Task): void {
  const group = all.get(key);
  if (group === undefined) all.set(key, new Map([[task.ID, task]]));
  else group.set(task.ID, task);
}

function take(all: Groups, key: string, id: string): void {
  const group = all.get(key);
  group?.delete(id);
  if (group?.size === 0) all.delete(key);
}
