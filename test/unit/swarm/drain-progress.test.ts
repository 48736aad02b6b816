import { describe, expect, it } from 'vitest';
import {
  type Drained,
  type DrainLook,
  nothingDrained,
  observeDrain,
} from '../../../src/swarm/drain-progress.ts';
import type { Task } from '../../../src/swarm/task.ts';
import { node, replicated, task as sample } from './snapshots.ts';

const drainedNode = node('n1', { availability: 'drain' });
const nodes = [drainedNode, node('n2'), node('n3', { state: 'down' })];
const task = (id: string, slot: number, words: string): Task =>
  sample(id, slot, words, { ServiceID: 'web-id' });
const before = [task('a', 1, 'running on n1'), task('b', 2, 'running on n1')];
const drained: Drained = {
  nodeId: 'n1',
  tasks: before,
  moving: before,
  known: new Set(['a', 'b', 'old']),
  deadline: 300_000,
};
const stopped = [task('a', 1, 'shutdown on n1'), task('b', 2, 'shutdown on n1')];

/** Looks once a second at what each list of tasks says. */
function watch(looks: readonly (readonly Task[])[], change: Partial<DrainLook> = {}) {
  let memory = nothingDrained;
  return looks.map((tasks, second) => {
    const at = second * 1000;
    const look = { at, node: drainedNode, nodes, services: [replicated(2)], tasks, ...change };
    const seen = observeDrain(memory, look, drained);
    memory = seen.memory;
    return seen.state;
  });
}

const times = (count: number, tasks: readonly Task[]) => Array.from({ length: count }, () => tasks);

describe('a node that is being drained', () => {
  it('is done when nothing is left and all that moves runs elsewhere', () => {
    const states = watch([
      before,
      [
        task('a', 1, 'running, to shutdown on n1'),
        task('b', 2, 'running on n1'),
        task('c', 1, 'ready on n2'),
      ],
      [...stopped, task('c', 1, 'running on n2'), task('d', 2, 'starting on n2')],
      [...stopped, task('c', 1, 'running on n2'), task('d', 2, 'running on n2')],
    ]);
    expect(states.map(({ kind, left, elsewhere }) => [kind, left, elsewhere])).toEqual([
      ['progressing', 2, 0],
      ['progressing', 2, 0],
      ['progressing', 0, 1],
      ['ended', 0, 2],
    ]);
  });

  it('ends with what has no place, ten seconds after that was told', () => {
    const stuck = [...stopped, task('c', 1, 'running on n2'), task('d', 2, 'pending: no suitable node (x)')];
    const states = watch(times(11, stuck));
    expect(states.findIndex(({ kind }) => kind === 'ended')).toBe(10);
    expect(states.at(-1)?.troubles).toMatchObject([{ service: 'web', slot: 'slot 2', state: 'pending' }]);
  });

  it('ends with what isn’t started again', () => {
    const states = watch(times(11, [...stopped, task('c', 1, 'running on n2')]));
    expect(states.at(-1)).toMatchObject({ kind: 'ended', elsewhere: 1, moving: 2 });
  });

  it('ends with what fails elsewhere again and again, and doesn’t hold old failures against it', () => {
    const failed = (ids: readonly string[]) => ids.map((id) => task(id, 2, 'failed on n2: exit'));
    const there = [...stopped, task('c', 1, 'running on n2')];
    const [twice, thrice] = watch([
      [...there, ...failed(['old', 'f1', 'f2']), task('d', 2, 'starting on n2')],
      [...there, ...failed(['old', 'f1', 'f2', 'f3']), task('d', 2, 'starting on n2')],
    ]);
    expect(twice?.kind).toBe('progressing');
    expect(thrice).toMatchObject({ kind: 'ended', troubles: [{ error: 'exit' }] });
  });

  it('doesn’t take what is on a node that is down for running', () => {
    const [state] = watch([[...stopped, task('c', 1, 'running on n3'), task('d', 2, 'running on n2')]]);
    expect(state).toMatchObject({ kind: 'progressing', elsewhere: 1 });
  });

  it('waits for nothing of a service that was scaled or removed meanwhile', () => {
    const running = [...stopped, task('c', 1, 'running on n2')];
    expect(watch([running], { services: [replicated(1)] })[0]).toMatchObject({ kind: 'ended', moving: 1 });
    expect(watch([stopped], { services: [] })[0]).toMatchObject({ kind: 'ended', moving: 0 });
  });

  it('can’t be seen to the end when it is down', () => {
    const down = { ...drainedNode, Status: { State: 'down' } };
    const tasks = [
      task('a', 1, 'running, to shutdown on n1'),
      task('b', 2, 'running, to shutdown on n1'),
      task('c', 1, 'running on n2'),
      task('d', 2, 'running on n2'),
    ];
    const states = watch(times(11, tasks), { node: down });
    expect(states.map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: 10 }, () => 'progressing'),
      'ended',
    ]);
    expect(states.at(-1)).toMatchObject({ left: 2, elsewhere: 2, isDown: true });
  });

  it('ends at the deadline', () => {
    const [state] = watch([before], { at: 300_000 });
    expect(state).toMatchObject({ kind: 'ended', left: 2 });
  });
});
