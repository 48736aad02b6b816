import { parseArgs } from 'node:util';
import { type CommandLine, type Flag, parseArgsOptions } from '../operations/command-line.ts';
import type { Operation } from '../operations/operation.ts';
import { Failure } from '../swarm/failure.ts';
import { nearest } from '../swarm/nearest.ts';
import { clusterFlags } from './find-operation.ts';
import type { CommandHelp } from '../operations/usage.ts';

/** What Go's strconv.ParseBool takes, and so what the docker CLI takes after `--flag=`. */
const booleans: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((word) => [word, true] as const),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((word) => [word, false] as const),
]);

/** Asked for by `-h` or `--help`, wherever it stands. */
export type ParsedFlags = CommandLine | 'help';

/**
 * Reads the words after a command's own as the docker CLI (spf13/pflag) reads them: flags anywhere, `--flag=value`,
 * `--flag value`, `-f value`, `-fvalue`, `-qf value`, `--` ends the flags, the last of a repeated flag wins.
 * @throws Failure `input`, with the nearest flag and the usage line.
 */
export function parseFlags(operation: Operation, words: readonly string[], help: CommandHelp): ParsedFlags {
  if (operation.verbatim) return isHelp(words) ? 'help' : { args: words, flags: {} };
  const { tokens } = parseArgs({
    args: [...words],
    options: parseArgsOptions(operation.flags),
    strict: false,
    tokens: true,
  });
  const args: string[] = [];
  const flags: Record<string, boolean | string | string[]> = {};
  for (const token of tokens) {
    if (token.kind === 'positional') args.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = Object.hasOwn(operation.flags, token.name) ? operation.flags[token.name] : undefined;
    if (flag === undefined) {
      if (token.name === 'help' || token.name === 'h') return 'help';
      throw unknownFlag(operation, token.rawName, help);
    }
    const value = token.inlineValue ? inlineValue(token.rawName, token.value) : token.value;
    setFlag(help, flags, token.name, flag, value);
  }
  return { args, flags };
}

/** All that follows a verbatim command is another one's, but for this alone. */
function isHelp([word, ...more]: readonly string[]): boolean {
  return more.length === 0 && (word === '-h' || word === '--help');
}

/** pflag takes `-f=x` as `-f x`; Node's parser keeps the equals sign. */
function inlineValue(rawName: string, value: string): string {
  return !rawName.startsWith('--') && value.startsWith('=') ? value.slice(1) : value;
}

function setFlag(
  help: CommandHelp,
  flags: Record<string, boolean | string | string[]>,
  name: string,
  flag: Flag,
  value: string | undefined,
): void {
  if (flag.type === 'boolean') {
    const given = value === undefined ? true : booleans.get(value);
    if (given === undefined) {
      throw new Failure('input', `--${name} is either there or not; "${value}" means nothing to it.`, help);
    }
    flags[name] = given;
    return;
  }
  if (value === undefined) {
    throw new Failure('input', `--${name} needs a value: --${name} ${flag.value}.`, help);
  }
  if (flag.type === 'string') {
    flags[name] = value;
    return;
  }
  const before = flags[name];
  flags[name] = Array.isArray(before) ? [...before, value] : [value];
}

function unknownFlag(operation: Operation, typed: string, help: CommandHelp): Failure {
  const trouble = `${operation.words.join(' ')} has no flag ${typed}.`;
  if (clusterFlags.includes(typed)) {
    return new Failure('input', `${trouble} Write ${typed} CLUSTER before the command.`, {
      usage: `[-c CLUSTER] ${help.usage}`,
      example: `-c prod ${help.example}`,
    });
  }
  const known = Object.keys(operation.flags);
  const near = nearest(typed.replace(/^-+/, ''), known);
  const advice =
    near !== undefined
      ? ` Did you mean --${near}?`
      : known.length === 0
        ? ' It takes no flags.'
        : ` It takes ${known.map((name) => `--${name}`).join(', ')}.`;
  return new Failure('input', `${trouble}${advice}`, help);
}
