import { EngineFailure } from '../engine/engine.ts';
import type { LogEntry } from '../swarm/log-entry.ts';
import { type NewestLines, newestLines } from '../swarm/newest-lines.ts';

/** Why a log is not read on. `broken`: it broke off after lines had come. */
export type LogEnd =
  | { readonly kind: 'ended' }
  | { readonly kind: 'out of time' }
  | { readonly kind: 'broken'; readonly sentence: string };

/** What was read of a log so far. Memory is bounded. */
export interface LogReading {
  readonly newest: NewestLines;
  /** The engine's own words on what is missing. */
  readonly gaps: readonly string[];
  /** Ids of the nodes that lines came from. */
  readonly nodesHeard: ReadonlySet<string>;
  /** How many lines came. */
  readonly count: () => number;
  /** @throws EngineFailure when the log could not be read at all, or was called off. */
  readAll(entries: AsyncIterable<LogEntry>): Promise<LogEnd>;
}

const mostGaps = 20;
/** What is shown before a line. */
const prefixWeight = 80;

/** @param most characters of the newest lines that are kept, as Slack counts them. */
export function logReading(most: number): LogReading {
  const newest = newestLines(most, ({ text }) => prefixWeight + slackLength(text));
  const gaps: string[] = [];
  const nodesHeard = new Set<string>();
  let count = 0;

  function take(entry: LogEntry): void {
    if (entry.kind === 'gap') {
      if (gaps.length < mostGaps) gaps.push(entry.text);
      return;
    }
    count += 1;
    nodesHeard.add(entry.node);
    newest.add(entry);
  }

  return {
    newest,
    gaps,
    nodesHeard,
    count: () => count,
    async readAll(entries) {
      try {
        for await (const entry of entries) take(entry);
        return { kind: 'ended' };
      } catch (error) {
        if (!(error instanceof EngineFailure) || error.reason === 'aborted') throw error;
        if (error.reason === 'timed-out') return { kind: 'out of time' };
        if (count === 0) throw error;
        return { kind: 'broken', sentence: error.message };
      }
    },
  };
}

/** Slack counts `&`, `<` and `>` as what they are escaped with. */
export function slackLength(text: string): number {
  return text.length + 4 * (text.match(/[&<>]/g)?.length ?? 0);
}
