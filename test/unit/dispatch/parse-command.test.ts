import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseCommand } from '../../../src/dispatch/parse-command.ts';
import { canI } from '../../../src/operations/can-i.ts';
import type { CommandLine } from '../../../src/operations/command-line.ts';
import { type Operation, read } from '../../../src/operations/operation.ts';
import type { ShortForm } from '../../../src/operations/short-form.ts';
import { Failure } from '../../../src/swarm/failure.ts';

/** How the last line that a sample was given was read. */
let lineRead: CommandLine | undefined;

function sample(words: readonly string[], shortForms: readonly ShortForm[] = []): Operation {
  return read({
    name: words.join('.'),
    words,
    shortForms,
    summary: 'A sample',
    arguments: '[THING...]',
    flags: {
      filter: { type: 'list', short: 'f', value: 'filter', summary: 'Filter' },
      quiet: { type: 'boolean', short: 'q', summary: 'Quiet' },
      'no-trunc': { type: 'boolean', summary: 'Whole' },
      image: { type: 'string', value: 'string', summary: 'Image' },
    },
    example: `${words.join(' ')} thing`,
    input: z.custom<CommandLine>().transform((line) => {
      lineRead = line;
      return line;
    }),
    targets: async () => ({ kind: 'list' }),
    run: async () => [],
  });
}

const table = [
  sample(['service', 'ls'], [['ls']]),
  sample(['service', 'scale'], [['scale']]),
  sample(['node', 'ls'], [['nodes']]),
  sample(
    ['service', 'update'],
    [
      {
        words: ['deploy'],
        arguments: 'SERVICE IMAGE',
        example: 'deploy web nginx:1',
        expand([service = '', image = '', ...others]) {
          if (image === '') throw new Failure('input', 'deploy needs a service and an image.');
          return ['--image', image, service, ...others];
        },
      },
    ],
  ),
  sample(['help']),
  canI,
];

/** The line as its operation sees it. */
function lineOf(text: string): CommandLine | undefined {
  lineRead = undefined;
  parseCommand(table, text).prepare();
  return lineRead;
}

function failureOf(typed: string): Failure {
  try {
    parseCommand(table, typed);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error(`"${typed}" was understood`);
}

describe('parsing a command', () => {
  it.each([
    ['service ls', 'service.ls'],
    ['docker service ls', 'service.ls'],
    ['$ docker service ls', 'service.ls'],
    ['sudo docker service ls', 'service.ls'],
    ['$', 'help'],
    ['Docker Service LS', 'service.ls'],
    ['ls', 'service.ls'],
    ['nodes', 'node.ls'],
    ['', 'help'],
    ['   ', 'help'],
    ['docker', 'help'],
    ['--help', 'help'],
    ['service ls --help', 'help'],
    ['scale web=3 -h', 'help'],
    ['can-i -h', 'help'],
    ['can-i service ls -h', 'can-i'],
  ])('finds the operation of "%s"', (typed, name) => {
    expect(parseCommand(table, typed).operation.name).toBe(name);
  });

  it.each([
    ['-c prod ls', 'prod'],
    ['-cprod ls', 'prod'],
    ['-c=prod ls', 'prod'],
    ['--context prod ls', 'prod'],
    ['docker --context=prod service ls', 'prod'],
    ['--cluster prod ls', 'prod'],
    ['-c prod ls --help', 'prod'],
    ['ls', undefined],
  ])('reads the cluster of "%s"', (typed, cluster) => {
    expect(parseCommand(table, typed).cluster).toBe(cluster);
  });

  it.each<[string, CommandLine]>([
    ['ls -f name=a -f name=b', { args: [], flags: { filter: ['name=a', 'name=b'] } }],
    ['ls --filter=name=a', { args: [], flags: { filter: ['name=a'] } }],
    ['ls -fname=a', { args: [], flags: { filter: ['name=a'] } }],
    ['ls -f=name=a', { args: [], flags: { filter: ['name=a'] } }],
    ['ls -qf name=a', { args: [], flags: { quiet: true, filter: ['name=a'] } }],
    ['ls -f "label=tier=front end"', { args: [], flags: { filter: ['label=tier=front end'] } }],
    ['ls --quiet=false', { args: [], flags: { quiet: false } }],
    ['ls --no-trunc a --quiet b', { args: ['a', 'b'], flags: { 'no-trunc': true, quiet: true } }],
    ['ls --image one --image two', { args: [], flags: { image: 'two' } }],
    ['ls --image -q', { args: [], flags: { image: '-q' } }],
    ['ls -- -q --odd', { args: ['-q', '--odd'], flags: {} }],
    ['ls --image ""', { args: [], flags: { image: '' } }],
    ['ls \'a b\' "c d" e\\ f', { args: ['a b', 'c d', 'e f'], flags: {} }],
    ['ls $HOME *', { args: ['$HOME', '*'], flags: {} }],
    [
      `ls 'a;' "b; c" '$(id)' d\\; e;f '\`id\`'`,
      { args: ['a;', 'b; c', '$(id)', 'd;', 'e;f', '`id`'], flags: {} },
    ],
    ['ls 🚀 ünïcode', { args: ['🚀', 'ünïcode'], flags: {} }],
  ])('reads flags as the docker CLI does: %s', (typed, line) => {
    expect(lineOf(typed)).toEqual(line);
  });

  it('takes a button’s words as they are, quotes and all', () => {
    expect(parseCommand(table, ['service', 'scale', 'a"b=3']).words).toEqual(['service', 'scale', 'a"b=3']);
  });

  it.each([
    ['servce ls', /Did you mean "service ls"/],
    ['scal web=3', /Did you mean "scale"/],
    ['scael web=3', /Did you mean "scale"/],
    ['service scael web=3', /Did you mean "service scale"/],
    ['service frobnicate', /After "service" comes one of: ls, scale/],
    ['xyzzy', /"help" lists/],
    ['service ls | grep web', /There is no shell here, so "\|" means nothing/],
    ['docker service ls && docker node ls', /one command at a time/],
    ['scale web=3; docker service rm web', /^There is no shell here, so ";" means nothing: .*time\.$/],
    ['ls;', /There is no shell here/],
    ['scale web=`id`', /There is no shell here, so "`" means nothing/],
    ['scale web=$(id)', /There is no shell here/],
    ['service rm web', /^Shipmate doesn't have "service rm" yet\. After "service" comes one of: ls, scale/],
    ['Service Create', /^Shipmate doesn't have "service create" yet/],
    ['servce rm web', /^Shipmate doesn't have "service rm" yet/],
    ['node promote a', /^Shipmate doesn't have "node promote" yet/],
    ['stack ls', /^Shipmate doesn't have "stack ls" yet\. "help" lists/],
    ['service lss', /Did you mean "service ls"/],
    ['service', /After "service" comes one of/],
    ['docker ps', /^docker ps lists containers.*service ps SERVICE/],
    ['$ Docker PS -a', /^docker ps lists containers/],
    ['ls -c prod', /^service ls has no flag -c\. Write -c CLUSTER before the command\.$/],
    ['ls --context=prod', /Write --context CLUSTER before the command/],
    ['ls --fliter name=a', /Did you mean --filter\?/],
    ['ls --frobnicate', /It takes --filter, --quiet/],
    ['ls -z', /no flag -z/],
    ['ls --quiet=maybe', /"maybe" means nothing/],
    ['ls --filter', /--filter needs a value/],
    ['-c', /-c needs the name of a cluster/],
    ['--frob ls', /Before a command only -c CLUSTER/],
    ['ls "unclosed', /a quote that is opened and not closed/],
    ["ls 'unclosed", /a quote that is opened and not closed/],
    ['__proto__', /There is no command "__proto__"/],
    ['ls --__proto__=x', /no flag --__proto__/],
    ['ls --constructor', /no flag --constructor/],
  ])('says what is wrong with "%s"', (typed, sentence) => {
    const failure = failureOf(typed);
    expect(failure.kind).toBe('input');
    expect(failure.message).toMatch(sentence);
  });

  it('refuses a command longer than any that makes sense', () => {
    expect(failureOf(`ls ${'x'.repeat(10_000)}`).message).toMatch(/10003 characters; 4000 are the most/);
  });

  it('gives the usage line and an example with a wrong flag', () => {
    const failure = failureOf('ls --nope');
    expect(failure.usage).toBe('service ls [OPTIONS] [THING...]');
    expect(failure.example).toBe('service ls thing');
  });

  it('reads a short form that means flags as the command that it stands for', async () => {
    expect(lineOf('Deploy web nginx:2 -q')).toEqual({
      args: ['web'],
      flags: { image: 'nginx:2', quiet: true },
    });
    expect(parseCommand(table, 'docker deploy web nginx:2').words).toEqual([
      'service',
      'update',
      '--image',
      'nginx:2',
      'web',
    ]);
  });

  it('lets a short form say that its arguments mean nothing, and suggests it with its own example', () => {
    expect(failureOf('deploy web').message).toBe('deploy needs a service and an image.');
    expect(failureOf('deplyo web nginx')).toMatchObject({
      message: 'There is no command "deplyo web". Did you mean "deploy"?',
      example: 'deploy web nginx:1',
    });
  });
});
