import { z } from 'zod';
import { Failure } from '../swarm/failure.ts';
import type { Answer } from './answer.ts';
import { type Operation, read } from './operation.ts';
import { shortFormUsage, shortFormWords } from './short-form.ts';
import { flagUsage, usageLine } from './usage.ts';

export const help = read({
  name: 'help',
  words: ['help'],
  shortForms: [],
  summary: 'Show what you may do here, or how a command is written',
  arguments: '[COMMAND]',
  flags: {},
  example: 'help service scale',
  open: true,
  input: z.object({ args: z.array(z.string()) }).transform(({ args }) => args),
  targets: async () => ({ kind: 'list' }),
  async run(words, { operations, may }) {
    const allowed = operations.filter((operation) => may(operation));
    return words.length === 0 ? overview(allowed) : manual(allowed, words);
  },
});

function overview(allowed: readonly Operation[]): Answer {
  return [
    { kind: 'heading', text: 'What you may do here' },
    {
      kind: 'table',
      columns: ['Command', 'Short', 'What it does'],
      rows: allowed.map((operation) => [
        { text: usageLine(operation), strong: true },
        operation.shortForms.map(shortFormUsage).join(', '),
        operation.summary,
      ]),
      empty: 'Nothing: no grant gives you any command here.',
    },
    { kind: 'text', text: ['More about one: ', { code: 'help service scale' }] },
    {
      kind: 'note',
      text: ['Another cluster than the channel’s: ', { code: '-c CLUSTER' }, ' before the command.'],
    },
  ];
}

function manual(allowed: readonly Operation[], words: readonly string[]): Answer {
  const asked = words.join(' ').toLowerCase();
  const exact = allowed.filter((operation) => forms(operation).includes(asked));
  const found = exact.length > 0 ? exact : allowed.filter((operation) => operation.words[0] === asked);
  const [only] = found;
  if (only === undefined) {
    throw new Failure('not-found', `There is no command "${asked.slice(0, 60)}" that you may use here.`, {
      example: 'help',
    });
  }
  return found.length > 1 ? overview(found) : page(only);
}

function forms({ words, shortForms }: Operation): readonly string[] {
  return [words, ...shortForms.map(shortFormWords)].map((form) => form.join(' '));
}

function page(operation: Operation): Answer {
  const short = operation.shortForms.map(shortFormUsage);
  return [
    { kind: 'heading', text: operation.words.join(' ') },
    { kind: 'text', text: [`${operation.summary}.`] },
    {
      kind: 'facts',
      facts: [
        { label: 'Usage', value: [{ code: usageLine(operation) }] },
        ...(short.length === 0 ? [] : [{ label: 'Short form', value: [{ code: short.join(', ') }] }]),
        { label: 'Example', value: [{ code: operation.example }] },
        { label: 'Permission', value: [{ code: operation.name }] },
      ],
    },
    ...(Object.keys(operation.flags).length === 0 ? [] : [flagTable(operation)]),
  ];
}

function flagTable(operation: Operation): Answer[number] {
  return {
    kind: 'table',
    columns: ['Flag', 'What it does'],
    rows: Object.entries(operation.flags).map(([name, flag]) => [flagUsage(name, flag), flag.summary]),
    empty: 'It takes no flags.',
  };
}
