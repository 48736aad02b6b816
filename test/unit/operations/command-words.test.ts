import { expect, it } from 'vitest';
import { parseCommand } from '../../../src/dispatch/parse-command.ts';
import { commandWords } from '../../../src/operations/command-words.ts';
import { operations } from '../../../src/operations/table.ts';

it('gives words that mean the same line in the same cluster', () => {
  const flags = { filter: { label: ['a b', 'c=d'], name: ['-x'] }, quiet: true, 'no-trunc': false };
  expect(commandWords('prod', ['service', 'ps'], { args: ['web', 'api'], flags })).toEqual([
    '-c',
    'prod',
    'service',
    'ps',
    '--filter=label=a b',
    '--filter=label=c=d',
    '--filter=name=-x',
    '--quiet',
    '--no-trunc=false',
    'web',
    'api',
  ]);
});

it('ends the flags before what looks like one', () => {
  const words = commandWords('prod', ['service', 'ps'], { args: ['-web'], flags: {} });
  expect(words.slice(-2)).toEqual(['--', '-web']);
  expect(parseCommand(operations, words)).toMatchObject({
    cluster: 'prod',
    words: ['service', 'ps', '--', '-web'],
  });
});
