import type { LogLine } from './log-entry.ts';
import { timeOrder } from './time-order.ts';

/** The newest lines of a log whose tasks' lines come in any order. */
export interface NewestLines {
  add(line: LogLine): void;
  /** By time, the newest last. */
  lines(): readonly LogLine[];
  /** How many older ones were dropped. */
  dropped(): number;
}

/**
 * Keeps as many of the newest lines as weigh no more than `most`, and one at least. Holds no more than about twice that at any time,
 * however long the log is.
 * @param weigh of one line, in the unit of `most`; more than zero.
 */
export function newestLines(most: number, weigh: (line: LogLine) => number): NewestLines {
  let kept: LogLine[] = [];
  let weight = 0;
  let dropped = 0;

  /** What is older than enough newer ones is not among the newest, whatever comes. */
  function trim(): void {
    // Sorting keeps the order of lines of the same time.
    kept.sort((left, right) => timeOrder(left.time, right.time));
    let room = most;
    let from = kept.length;
    for (const line of kept.toReversed()) {
      room -= weigh(line);
      if (room < 0 && from < kept.length) break;
      from -= 1;
    }
    dropped += from;
    kept = kept.slice(from);
    weight = kept.reduce((total, line) => total + weigh(line), 0);
  }

  return {
    add(line) {
      kept.push(line);
      weight += weigh(line);
      if (weight > 2 * most) trim();
    },
    lines() {
      trim();
      return kept;
    },
    dropped() {
      trim();
      return dropped;
    },
  };
}
