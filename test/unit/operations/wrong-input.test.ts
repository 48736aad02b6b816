import { describe, expect, it } from 'vitest';
import { ask } from './ask.ts';

const many = Array.from({ length: 21 }, (_, at) => `s${at}`).join(' ');

describe('a line that is wrong is answered with what was wrong and what was expected', () => {
  it.for([
    ['service ls web', 'service ls takes no arguments, but was given "web".'],
    ['nodes a b c d', 'node ls takes no arguments, but was given "a", "b", "c", ….'],
    [
      'service ls -f web',
      'A filter is KEY=VALUE; "web" has no equals sign. service ls can be filtered by id, label, mode, and name.',
    ],
    [
      'service ls -f image=web',
      'service ls can\'t be filtered by "image", only by id, label, mode, and name.',
    ],
    [
      'service ls -f constructor=x',
      'service ls can\'t be filtered by "constructor", only by id, label, mode, and name.',
    ],
    ['service ls -f name=', 'The filter name needs a value after the equals sign.'],
    [
      'service ls -f mode=globl',
      'The filter mode takes replicated, global, replicated-job, or global-job, not "globl".',
    ],
    [
      'service ls --format {{.ID}}',
      '--format takes table and json here, not "{{.ID}}": Go templates are not supported.',
    ],
    ['service ps', 'service ps needs at least one service.'],
    ["service ps ''", 'An empty text is no service.'],
    [`service ps ${many}`, 'service ps takes 20 services at most at a time, not 21.'],
    [
      'service ps web -f service=other',
      'service ps can\'t be filtered by "service", only by id, name, label, desired-state, and node.',
    ],
    [
      'node ps -f node=node2',
      'node ps can\'t be filtered by "node", only by id, name, label, and desired-state.',
    ],
    [
      'service ps web -f desired-state=allocated',
      'The filter desired-state takes new, pending, assigned, accepted, preparing, ready, starting, running, complete, ' +
        'shutdown, failed, rejected, remove, or orphaned, not "allocated".',
    ],
    ['service inspect', 'service inspect needs at least one service.'],
    [
      'service inspect --format {{.ID}} web',
      '--format takes json here, not "{{.ID}}": Go templates are not supported.',
    ],
    ['service inspect --pretty --format json web', '--pretty and --format exclude each other.'],
    ['node inspect', 'node inspect needs at least one node.'],
    ['info everything', 'info takes no arguments, but was given "everything".'],
  ] as const)('%s', async ([line, sentence]) => {
    await expect(ask(line, {})).rejects.toMatchObject({ kind: 'input', message: sentence });
  });

  it('tells all mistakes at once', async () => {
    await expect(ask('service ls web -f a=b -f c', {})).rejects.toThrow(/no arguments.*\n.*"a".*\n.*"c"/);
  });
});
