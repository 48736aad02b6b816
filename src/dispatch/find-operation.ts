import type { Operation } from '../operations/operation.ts';
import { type ShortForm, shortFormWords } from '../operations/short-form.ts';
import { Failure } from '../swarm/failure.ts';
import { nearest } from '../swarm/nearest.ts';

/** A command found in the table, and the words after its own: as typed, or as a short form means them. */
export interface FoundOperation {
  readonly operation: Operation;
  /** From `-c CLUSTER`; undefined means the channel's own. */
  readonly cluster: string | undefined;
  readonly rest: readonly string[];
}

const clusterFlags = ['-c', '--context', '--cluster'];

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
  };
}

const prompts: ReadonlySet<string> = new Set(['$', '#', 'sudo']);
const operators: ReadonlySet<string> = new Set(['|', '||', '&', '&&', ';', '>', '>>', '<']);

/** A line pasted from a runbook without what is the shell's. There is no shell here: what needs one is refused. */
function withoutShell(typed: readonly string[]): readonly string[] {
  const operator = typed.find((word) => operators.has(word));
  if (operator !== undefined) {
    throw new Failure(
      'input',
      `There is no shell here, so "${operator}" means nothing: write one command at a time.`,
      {
        example: 'service ls --filter name=web',
      },
    );
  }
  const start = typed.findIndex((word) => !prompts.has(word));
  const command = start === -1 ? [] : typed.slice(start);
  return command[0]?.toLowerCase() === 'docker' ? command.slice(1) : command;
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
  const typed = words.slice(0, 2).join(' ');
  const family = forms.filter((form) => form.length > 1 && form[0] === words[0]?.toLowerCase());
  const near =
    nearest(
      typed,
      forms.map((form) => form.join(' ')),
    ) ??
    nearest(
      words[0] ?? '',
      forms.filter((form) => form.length === 1).map((form) => form.join(' ')),
    );
  const shown = typed.length > 60 ? `${typed.slice(0, 60)}…` : typed;
  if (near !== undefined) {
    return new Failure('input', `There is no command "${shown}". Did you mean "${near}"?`, {
      example: exampleOf(operations, near),
      usage: '[-c CLUSTER] COMMAND',
    });
  }
  const advice =
    family.length > 0
      ? `After "${family[0]?.[0]}" comes one of: ${family.map((form) => form.slice(1).join(' ')).join(', ')}.`
      : '"help" lists what you may do here.';
  return new Failure('input', `There is no command "${shown}". ${advice}`, {
    usage: '[-c CLUSTER] COMMAND',
    example: 'help',
  });
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
