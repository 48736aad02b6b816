import type { Operation } from '../operations/operation.ts';
import { type ShortForm, shortFormWords } from '../operations/short-form.ts';
import { type CommandHelp, commandHelp } from '../operations/usage.ts';
import { dockerCommands } from '../swarm/docker-commands.ts';
import { Failure } from '../swarm/failure.ts';
import { nearest } from '../swarm/nearest.ts';
import { noShell } from './split-words.ts';

/** A command found in the table, and the words after its own: as typed, or as a short form means them. */
export interface FoundOperation {
  readonly operation: Operation;
  /** From `-c CLUSTER`; undefined means the channel's own. */
  readonly cluster: string | undefined;
  readonly rest: readonly string[];
  /** Of the form that was typed. */
  readonly help: CommandHelp;
}

export const clusterFlags: readonly string[] = ['-c', '--context', '--cluster'];

/**
 * Finds the operation that a command line means. A leading `$`, `sudo` and `docker` are passed over, so that a line from a runbook
 * works as it stands; `-c CLUSTER` (docker's own `-c, --context`) comes before the command.
 * @throws Failure `input`, with the nearest command, or when a short form's arguments mean nothing.
 */
export function findOperation(operations: readonly Operation[], typed: readonly string[]): FoundOperation {
  const { cluster, rest } = takeCluster(withoutShell(typed));
  const found = longestMatch(operations, rest);
  if (found === undefined) throw unknownCommand(operations, rest);
  const typedAfter = rest.slice(shortFormWords(found.form).length);
  return {
    operation: found.operation,
    cluster,
    rest: 'expand' in found.form ? found.form.expand(typedAfter) : typedAfter,
    help: commandHelp(found.operation, found.form),
  };
}

const prompts: ReadonlySet<string> = new Set(['$', '#', 'sudo']);
const operators: ReadonlySet<string> = new Set(['|', '||', '&', '&&', ';', '>', '>>', '<']);

/** A line pasted from a runbook without what is the shell's. There is no shell here: what needs one is refused. */
function withoutShell(typed: readonly string[]): readonly string[] {
  const operator = typed.find((word) => operators.has(word));
  if (operator !== undefined) throw noShell(operator);
  const start = typed.findIndex((word) => !prompts.has(word));
  const command = start === -1 ? [] : typed.slice(start);
  if (command[0]?.toLowerCase() !== 'docker') return command;
  const rest = command.slice(1);
  if (rest[0]?.toLowerCase() === 'ps' && rest.slice(1).every((word) => word.startsWith('-')))
    throw containers();
  return rest;
}

/** `ps` alone is a short form here: what docker calls so, with its flags, is another command. */
function containers(): Failure {
  return new Failure(
    'input',
    "docker ps lists containers, which Shipmate doesn't do yet. The tasks of a service: service ps SERVICE, or ps SERVICE.",
    { usage: 'service ps SERVICE', example: 'service ps web' },
  );
}

function takeCluster(words: readonly string[]): {
  readonly cluster: string | undefined;
  readonly rest: readonly string[];
} {
  let cluster: string | undefined;
  let rest = words;
  while (rest[0]?.startsWith('-') === true) {
    const [first, value, ...after] = rest;
    const inline = /^(?:--(?:context|cluster)=|-c=?)(.+)$/s.exec(first)?.[1];
    if (inline !== undefined) {
      cluster = inline;
      rest = rest.slice(1);
    } else if (clusterFlags.includes(first)) {
      if (value === undefined) {
        throw new Failure('input', `${first} needs the name of a cluster.`, {
          example: '-c prod service ls',
        });
      }
      cluster = value;
      rest = after;
    } else if (first === '-h' || first === '--help') {
      rest = ['help', ...rest.slice(1)];
    } else {
      throw new Failure('input', `Before a command only -c CLUSTER is understood, not ${first}.`, {
        usage: '[-c CLUSTER] COMMAND',
        example: '-c prod service ls',
      });
    }
  }
  return { cluster, rest: rest.length === 0 ? ['help'] : rest };
}

function longestMatch(operations: readonly Operation[], words: readonly string[]) {
  const lowered = words.map((word) => word.toLowerCase());
  let best: { readonly operation: Operation; readonly form: ShortForm } | undefined;
  for (const operation of operations) {
    for (const form of [operation.words, ...operation.shortForms]) {
      const formWords = shortFormWords(form);
      const matches = formWords.every((word, at) => lowered[at] === word);
      const longest = best === undefined ? 0 : shortFormWords(best.form).length;
      if (matches && formWords.length > longest) best = { operation, form };
    }
  }
  return best;
}

function unknownCommand(operations: readonly Operation[], words: readonly string[]): Failure {
  const forms = operations.flatMap(formsOf);
  const family = forms.filter((form) => form.length > 1 && form[0] === words[0]?.toLowerCase());
  const known = forms.map((form) => form.join(' '));
  const near = nearestCommand([...known, ...dockerCommands.map((name) => name.replace('.', ' '))], words);
  if (near !== undefined && known.includes(near)) {
    return new Failure('input', `There is no command "${shown(words)}". Did you mean "${near}"?`, {
      example: exampleOf(operations, near),
      usage: '[-c CLUSTER] COMMAND',
    });
  }
  const trouble =
    near === undefined ? `There is no command "${shown(words)}".` : `Shipmate doesn't have "${near}" yet.`;
  const advice =
    family.length > 0
      ? `After "${family[0]?.[0]}" comes one of: ${family.map((form) => form.slice(1).join(' ')).join(', ')}.`
      : '"help" lists what you may do here.';
  return new Failure('input', `${trouble} ${advice}`, { usage: '[-c CLUSTER] COMMAND', example: 'help' });
}

function shown(words: readonly string[]): string {
  const typed = words.slice(0, 2).join(' ');
  return typed.length > 60 ? `${typed.slice(0, 60)}…` : typed;
}

/** Within a family its commands alone are compared: they have the better part of their letters in common. */
function nearestCommand(commands: readonly string[], [first = '', second = '']: readonly string[]) {
  const family = `${first.toLowerCase()} `;
  const siblings = commands.filter((command) => command.startsWith(family));
  if (siblings.length > 0) {
    const near = nearest(
      second,
      siblings.map((command) => command.slice(family.length)),
    );
    return near === undefined ? undefined : `${family}${near}`;
  }
  return (
    nearest(`${first} ${second}`.trim(), commands) ??
    nearest(
      first,
      commands.filter((command) => !command.includes(' ')),
    )
  );
}

function formsOf({ words, shortForms }: Operation): readonly (readonly string[])[] {
  return [words, ...shortForms.map(shortFormWords)];
}

function exampleOf(operations: readonly Operation[], form: string): string | undefined {
  for (const operation of operations) {
    const short = operation.shortForms.find((each) => shortFormWords(each).join(' ') === form);
    if (short !== undefined && 'example' in short) return short.example;
    if (short !== undefined || operation.words.join(' ') === form) return operation.example;
  }
  return undefined;
}
