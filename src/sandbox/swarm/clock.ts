/** The time that a simulated Swarm lives in. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs something once so many milliseconds of this time have passed. @returns how to call it off. */
  after(ms: number, run: () => void): () => void;
  /** Lets so much time pass at once: all that falls due is run in its order. */
  advance(ms: number): void;
}

interface Due {
  readonly at: number;
  readonly turn: number;
  run: (() => void) | null;
}

export interface ClockOptions {
  /** Milliseconds since 1970; now when absent. */
  readonly start?: number;
  /** How much faster than the world's this time passes; at 0 it passes by `advance` alone. */
  readonly speed?: number;
}

export function createClock({ start = Date.now(), speed = 1 }: ClockOptions): Clock & Disposable {
  const begun = performance.now();
  const queue = dueQueue();
  let skipped = 0;
  let reached = start;
  let turns = 0;
  let running = false;
  let timer: NodeJS.Timeout | undefined;

  const passed = () => start + skipped + (performance.now() - begun) * speed;

  function runUntil(moment: number): void {
    running = true;
    try {
      for (let due = queue.first(); due !== undefined && due.at <= moment; due = queue.first()) {
        queue.removeFirst();
        reached = Math.max(reached, due.at);
        due.run?.();
      }
    } finally {
      running = false;
    }
    reached = Math.max(reached, moment);
    arm();
  }

  function arm(): void {
    clearTimeout(timer);
    const due = queue.first();
    if (speed === 0 || due === undefined) return;
    const wait = Math.min((due.at - passed()) / speed, 2 ** 31 - 1);
    timer = setTimeout(() => runUntil(passed()), Math.max(0, wait));
  }

  return {
    now: () => (running || speed === 0 ? reached : Math.max(reached, passed())),
    after(ms, run) {
      turns += 1;
      const now = running || speed === 0 ? reached : Math.max(reached, passed());
      const due: Due = { at: now + Math.max(0, ms), turn: turns, run };
      queue.add(due);
      if (!running && queue.first() === due) arm();
      return () => {
        due.run = null;
      };
    },
    advance(ms) {
      if (running) throw new Error('time cannot be advanced by what is run in it');
      const until = (speed === 0 ? reached : Math.max(reached, passed())) + ms;
      skipped += ms;
      runUntil(until);
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      queue.clear();
    },
  };
}

/** A binary heap: the earliest first, and what falls due at one moment in the order of its asking. */
function dueQueue() {
  const heap: Due[] = [];
  const isBefore = (one: Due | undefined, other: Due | undefined) =>
    one !== undefined &&
    (other === undefined || one.at < other.at || (one.at === other.at && one.turn < other.turn));
  const place = (index: number, due: Due | undefined) => {
    if (due !== undefined) heap[index] = due;
  };
  return {
    first: () => heap[0],
    clear: () => void heap.splice(0),
    add(due: Due): void {
      let index = heap.length;
      heap.push(due);
      while (index > 0) {
        const parent = (index - 1) >> 1;
        if (!isBefore(due, heap[parent])) break;
        place(index, heap[parent]);
        index = parent;
      }
      heap[index] = due;
    },
    removeFirst(): void {
      const last = heap.pop();
      if (heap.length === 0 || last === undefined) return;
      let index = 0;
      for (;;) {
        const left = 2 * index + 1;
        const next = isBefore(heap[left + 1], heap[left]) ? left + 1 : left;
        if (!isBefore(heap[next], last)) break;
        place(index, heap[next]);
        index = next;
      }
      heap[index] = last;
    },
  };
}
