import { expect, it } from 'vitest';
import type { LogLine } from '../../../src/swarm/log-entry.ts';
import { replicated } from '../swarm/snapshots.ts';
import { ask, notes, partsOf } from './ask.ts';

it('a log of several pages says where its newest lines are, and has them there', async () => {
  const lines = Array.from({ length: 9 }, (_, nth): LogLine => {
    const time = `2026-01-01T00:00:0${nth}Z`;
    const text = `${nth}${'x'.repeat(1500)}`;
    return { kind: 'line', stream: 'stdout', time, node: 'n1', task: 't1', text, cut: false };
  });
  const answer = await ask('service logs --raw web', { services: [replicated(1)], logs: lines });
  expect(notes(answer)).toContain(
    'The newest lines are at the end of the first page; later pages have older ones.',
  );
  const pages = partsOf(answer, 'code').map(({ text }) => text.split('\n').map((line) => line[0]));
  expect(pages).toEqual([
    ['3', '4', '5', '6', '7', '8'],
    ['0', '1', '2'],
  ]);
});
