import { describe, expect, it } from 'vitest';
import type { Task } from '../../../src/swarm/task.ts';
import { bothRun, follow, updateIn } from './follow.ts';
import { node, task, threeNodes } from './snapshots.ts';

describe('the progress of an update', () => {
  const underWay: readonly [string, readonly Task[], readonly Task[], string, string?][] = [
    [
      'what still runs of an update that is under way',
      [task('a', 1, 'running')],
      [task('b', 2, 'running')],
      '1 of 2 updated, 2 running',
    ],
    [
      'what still runs when nothing new does',
      [task('a', 1, 'running')],
      [task('b', 2, 'pending')],
      '0 of 2 updated, 1 running, 1 pending',
    ],
    [
      'a slot once in which the old task runs until the new one does',
      [task('a', 1, 'running'), task('b', 2, 'running')],
      [task('c', 1, 'running')],
      '1 of 2 updated, 2 running',
    ],
    [
      'nothing as running that stops, or whose node is down',
      [task('a', 1, 'running, to shutdown'), task('b', 2, 'running on down')],
      [task('c', 1, 'starting')],
      '0 of 2 running, 1 starting; 1 stopping',
    ],
    [
      'how far a rollback is',
      [task('a', 1, 'running')],
      [task('b', 2, 'running')],
      '1 of 2 rolled back, 2 running',
      'rollback_started',
    ],
  ];

  it.for(underWay)('tells %s', ([, older, newer, words, state = 'updating']) => {
    const nodes = [...threeNodes, node('down', { state: 'down' })];
    const service = updateIn(state);
    const seen = follow([{ at: 1, tasks: [...older, ...newer], upToDate: newer, nodes, service }]);
    expect(seen.kind === 'progressing' && `${seen.done} of ${seen.total} ${seen.label}`).toBe(words);
  });

  it.each([
    ['paused', 'The update of web is paused: because of task x. 1 of 2 updated, 2 running.'],
    ['rollback_paused', 'The rollback of web is paused: because of task x. 1 of 2 rolled back, 2 running.'],
  ])('is told when it is %s', (state, sentence) => {
    const look = { at: 1, tasks: bothRun, upToDate: bothRun.slice(1), service: updateIn(state) };
    expect(follow([look])).toMatchObject({ kind: 'failed', sentence });
  });
});
