import type { Clock } from './clock.ts';

/** What everything in a Swarm's store has. Times are milliseconds since 1970. */
export interface Meta {
  readonly ID: string;
  /** Of the whole store, which counts every write. */
  readonly Version: number;
  readonly CreatedAt: number;
  readonly UpdatedAt: number;
}

export interface Change<T> {
  readonly action: 'create' | 'update' | 'remove';
  readonly object: T;
  /** Before an update. */
  readonly old: T | undefined;
}

export interface Table<T extends Meta> {
  readonly size: number;
  get(id: string): T | undefined;
  /** In the order of their ids, as the store of a Swarm lists them. */
  all(): readonly T[];
  values(): Iterable<T>;
  create(id: string, make: (meta: Meta) => T): T;
  /** Nothing happens when it isn't there. */
  update(id: string, change: (old: T, meta: Meta) => T): T | undefined;
  remove(id: string): void;
  /** Told after each write. */
  on(listener: (change: Change<T>) => void): void;
}

/** Counts the writes of a store. */
export interface Sequence {
  next(): number;
}

export function createSequence(): Sequence {
  let last = 10;
  return {
    next() {
      last += 1;
      return last;
    },
  };
}

export function createTable<T extends Meta>(clock: Clock, sequence: Sequence): Table<T> {
  const objects = new Map<string, T>();
  const listeners: ((change: Change<T>) => void)[] = [];
  let ids: readonly string[] | undefined;

  function told(action: Change<T>['action'], object: T, old?: T): T {
    for (const listener of listeners) listener({ action, object, old });
    return object;
  }

  return {
    get size() {
      return objects.size;
    },
    get: (id) => objects.get(id),
    all() {
      ids ??= [...objects.keys()].toSorted();
      return ids.map((id) => objects.get(id)).filter((object) => object !== undefined);
    },
    values: () => objects.values(),
    create(id, make) {
      const now = clock.now();
      const object = make({ ID: id, Version: sequence.next(), CreatedAt: now, UpdatedAt: now });
      objects.set(id, object);
      ids = undefined;
      return told('create', object);
    },
    update(id, change) {
      const old = objects.get(id);
      if (old === undefined) return undefined;
      const { ID, CreatedAt } = old;
      const meta = { ID, CreatedAt, Version: sequence.next(), UpdatedAt: clock.now() };
      const object = change(old, meta);
      objects.set(id, object);
      return told('update', object, old);
    },
    remove(id) {
      const object = objects.get(id);
      if (object === undefined) return;
      objects.delete(id);
      ids = undefined;
      told('remove', object);
    },
    on: (listener) => void listeners.push(listener),
  };
}
