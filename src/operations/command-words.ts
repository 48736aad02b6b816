import type { Filters } from '../engine/engine.ts';
import { filtersAsWords } from './filter-flag.ts';

/** A command line after it was found right. */
export interface ParsedLine {
  readonly args: readonly string[];
  readonly flags: Readonly<Record<string, boolean | string | Filters | undefined>>;
}

/**
 * The words that a button says a command with. The cluster is always among them: what a channel means by default may
 * change between the answer and the click.
 */
export function commandWords(
  cluster: string,
  words: readonly string[],
  { args, flags }: ParsedLine,
): readonly string[] {
  const flagWords = Object.entries(flags).flatMap(([name, value]) => flagWord(name, value));
  return ['-c', cluster, ...words, ...flagWords, ...argumentWords(args)];
}

/** Arguments after flags, so that none of them is taken for one. */
export function argumentWords(args: readonly string[]): readonly string[] {
  return args.some((arg) => arg.startsWith('-')) ? ['--', ...args] : args;
}

function flagWord(name: string, value: ParsedLine['flags'][string]): readonly string[] {
  if (value === undefined) return [];
  if (value === true) return [`--${name}`];
  return typeof value === 'object'
    ? filtersAsWords(value).map((filter) => `--${name}=${filter}`)
    : [`--${name}=${value}`];
}
