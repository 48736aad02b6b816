import type { Operation, Prepared } from '../operations/operation.ts';
import { Failure } from '../swarm/failure.ts';
import { findOperation } from './find-operation.ts';
import { parseFlags } from './parse-flags.ts';
import { splitWords } from './split-words.ts';

/** A command line that was understood, though not yet whether its values are right. */
export interface ParsedCommand {
  readonly operation: Operation;
  /** From `-c`; undefined means the channel's own. */
  readonly cluster: string | undefined;
  /** The line as words, without `docker`, for the audit log and for a button that repeats it. */
  readonly words: readonly string[];
  /** @throws Failure `input` with everything that is wrong with the line's values. */
  prepare(): Prepared;
}

/**
 * Parses what was typed, or the words that a button stands for (never split again).
 * @throws Failure `input`.
 */
export function parseCommand(
  operations: readonly Operation[],
  typed: string | readonly string[],
): ParsedCommand {
  const all = typeof typed === 'string' ? splitWords(typed) : typed;
  const found = findOperation(operations, all);
  const line = parseFlags(found.operation, found.rest, found.help);
  if (line === 'help') {
    const help = parseCommand(operations, ['help', ...found.operation.words]);
    return { ...help, cluster: found.cluster };
  }
  const instead = found.operation.instead?.(line);
  if (instead !== undefined) return { ...parseCommand(operations, instead), cluster: found.cluster };
  return {
    operation: found.operation,
    cluster: found.cluster,
    words: [...found.operation.words, ...found.rest],
    prepare() {
      const prepared = found.operation.prepare(line);
      if ('problems' in prepared) throw new Failure('input', prepared.problems.join('\n'), found.help);
      return prepared;
    },
  };
}
