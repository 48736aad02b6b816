import { describe, expect, it } from 'vitest';
import type { Service } from '../../../src/swarm/service.ts';
import type { Task } from '../../../src/swarm/task.ts';
import { bothRun, follow, updateIn } from './follow.ts';
import { replicated, task } from './snapshots.ts';

describe('a crash loop', () => {
  const starting = task('now', 2, 'ready, to ready on n2');
  const runs = task('a', 1, 'running');

  it('is told at the third failure of a slot, with the error and its exit code', () => {
    const twice = follow([{ at: 1, tasks: [runs, starting, crash('x', 2), crash('y', 2)] }]);
    expect(twice).toMatchObject({ kind: 'progressing', troubles: [{ error: 'task: non-zero exit (1)' }] });
    expect(follow([{ at: 1, tasks: [runs, starting, crash('x', 2), crash('y', 2), crash('z', 2)] }])).toEqual(
      {
        kind: 'failed',
        why: 'crash-loop',
        sentence: 'Tasks of web fail again and again: exit code 1. Swarm goes on restarting them.',
        troubles: [
          {
            task: 'z',
            slot: 'slot 2',
            node: 'host-n2',
            state: 'failed',
            cause: 'exit code 1',
            error: 'task: non-zero exit (1)',
            exitCode: 1,
          },
        ],
      },
    );
  });

  it('is told although Swarm forgets the tasks that failed first', () => {
    const looks = ['x', 'y', 'z'].map((id, at) => ({ at, tasks: [runs, starting, crash(id, 2)] }));
    expect(follow(looks.slice(0, 2))).toMatchObject({ kind: 'progressing' });
    expect(follow(looks)).toMatchObject({ kind: 'failed', why: 'crash-loop' });
  });

  it('is none when different slots fail, once each', () => {
    const tasks = [1, 2, 3].flatMap((slot) => [crash(`x${slot}`, slot), task(`y${slot}`, slot, 'starting')]);
    expect(follow([{ at: 1, tasks }], { asked: 3 })).toMatchObject({ kind: 'progressing' });
  });

  it('is not made of tasks that failed before the change', () => {
    const before = [crash('x', 2), crash('y', 2)];
    expect(follow([{ at: 1, tasks: [runs, starting, ...before, crash('z', 2)] }], { before })).toMatchObject({
      kind: 'progressing',
    });
  });

  it('that was there before the change is told as such', () => {
    const before = [crash('x', 2), crash('y', 2)];
    const tasks = [runs, starting, ...before, ...['p', 'q', 'r'].map((id) => crash(id, 2))];
    expect(follow([{ at: 1, tasks }], { before })).toMatchObject({
      kind: 'failed',
      sentence: saying('They failed before this change, too.'),
    });
  });

  it('is not made of tasks that were shut down, nor of those with an older spec', () => {
    const shutDown = ['p', 'q', 'r'].map((id) => task(id, 2, 'shutdown'));
    const older = ['x', 'y', 'z'].map((id) => crash(id, 2));
    const state = follow([
      { at: 1, tasks: [...bothRun, ...shutDown, ...older], upToDate: [...bothRun, ...shutDown] },
    ]);
    expect(state).toMatchObject({ kind: 'holding' });
  });

  it('may be made of tasks that end by themselves: a service is meant to run for ever', () => {
    const tasks = [
      runs,
      starting,
      ...['x', 'y', 'z'].map((id) => task(id, 2, 'complete', { DesiredState: 'shutdown' })),
    ];
    expect(follow([{ at: 1, tasks }])).toMatchObject({
      why: 'crash-loop',
      sentence: saying('exit code 0: it ended by itself'),
    });
  });

  it('may be made of images that can’t be had', () => {
    expect(follow([{ at: 1, tasks: [runs, starting, ...['x', 'y', 'z'].map(withoutImage)] }])).toMatchObject({
      why: 'crash-loop',
      sentence: saying('its image can’t be found, or the registry is unreachable'),
    });
  });

  it('that the restart policy ends is told when the slot has stayed empty for ten seconds', () => {
    const tasks = [runs, crash('x', 2)];
    expect(
      follow([
        { at: 1, tasks },
        { at: 10, tasks },
      ]),
    ).toMatchObject({ kind: 'progressing' });
    expect(
      follow([
        { at: 1, tasks },
        { at: 11, tasks },
      ]),
    ).toMatchObject({
      why: 'not-restarted',
      sentence: saying('Its restart policy doesn’t start it again.'),
    });
  });
});

describe('a task without a node', () => {
  const words = 'pending: no suitable node (insufficient resources on 3 nodes)';
  const tasks = [task('a', 1, 'running'), task('b', 2, words)];

  it('is told after ten seconds, with the cause', () => {
    expect(
      follow([
        { at: 1, tasks },
        { at: 10, tasks },
      ]),
    ).toMatchObject({ kind: 'progressing' });
    expect(
      follow([
        { at: 1, tasks },
        { at: 11, tasks },
      ]),
    ).toMatchObject({
      kind: 'failed',
      why: 'unschedulable',
      sentence:
        '1 task of web can’t be placed: too little CPU or memory is free on 3 nodes. Swarm goes on trying. 1 of 2 running, 1 pending.',
      troubles: [{ slot: 'slot 2', node: '', error: 'no suitable node (insufficient resources on 3 nodes)' }],
    });
  });

  it('is given time while others still have to make room for it', () => {
    const leaving = [...tasks, task('c', 3, 'running, to remove on n2')];
    expect(
      follow([
        { at: 1, tasks: leaving },
        { at: 15, tasks: leaving },
        { at: 24, tasks },
      ]),
    ).toMatchObject({
      kind: 'progressing',
    });
  });

  it('that had waited before the change is told as forgotten, with what helps', () => {
    for (const words of ['pending', 'pending: no suitable node']) {
      const before = [task('b', 2, words)];
      const left = [task('a', 1, 'running'), ...before];
      const state = follow(
        [
          { at: 1, tasks: left },
          { at: 11, tasks: left },
        ],
        { before },
      );
      expect(state).toMatchObject({
        why: 'unschedulable',
        sentence:
          '1 of 2 running, 1 pending. 1 task of web waited for a node before this change, and Swarm forgets such tasks: ' +
          'it won’t place it even when a node fits. Scale web to 1 and up again to have new ones.',
      });
    }
  });

  it('is given until the deadline when the scheduler has said nothing yet', () => {
    const quiet = [task('a', 1, 'running'), task('b', 2, 'pending')];
    const state = follow([
      { at: 1, tasks: quiet },
      { at: 60, tasks: quiet },
    ]);
    expect(state).toMatchObject({ kind: 'progressing' });
  });

  it('that found one in between begins anew', () => {
    const placed = [task('a', 1, 'running'), task('b', 2, 'preparing')];
    const looks = [
      { at: 1, tasks },
      { at: 5, tasks: placed },
      { at: 9, tasks },
      { at: 15, tasks },
    ];
    expect(follow(looks)).toMatchObject({ kind: 'progressing' });
  });
});

describe('somebody else', () => {
  const changed = replicated(5);
  it('overtakes with another number', () => {
    expect(follow([{ at: 1, tasks: bothRun, service: changed }])).toEqual({
      kind: 'overtaken',
      by: 'change',
      sentence: 'Somebody else changed it meanwhile: web is at 5 replicas now.',
    });
  });

  it('overtakes with a rollback by hand, which leaves the spec before', () => {
    const now = replicated(5, {
      UpdateStatus: { State: 'rollback_completed', Message: 'rollback completed' },
      PreviousSpec: replicated(2).Spec,
    });
    expect(follow([{ at: 1, tasks: bothRun, service: now }])).toMatchObject({
      kind: 'overtaken',
      by: 'rollback',
    });
  });

  it('may change the rest of the service without overtaking', () => {
    const now = replicated(2);
    now.Spec.Labels = { tier: 'front' };
    expect(follow([{ at: 1, tasks: bothRun, service: now }])).toMatchObject({ kind: 'holding' });
  });

  it('whose update is rolled back doesn’t make a failure of a number that stands', () => {
    const looks = [1, 6].map((at) => ({ at, tasks: bothRun, service: updateIn('rollback_completed') }));
    expect(follow(looks)).toMatchObject({ kind: 'converged' });
  });
});

describe('an update that the Swarm gives up', () => {
  it('is a failure when it is paused', () => {
    expect(follow([{ at: 1, tasks: bothRun, service: updateIn('paused') }])).toMatchObject({
      why: 'paused',
      sentence: 'The update of web is paused: because of task x. 2 of 2 running.',
    });
    expect(follow([{ at: 1, tasks: bothRun, service: updateIn('rollback_paused') }])).toMatchObject({
      why: 'rollback-paused',
    });
    const Message = 'update paused due to failure or early termination of task x';
    const service = replicated(2, { UpdateStatus: { State: 'paused', Message } });
    expect(follow([{ at: 1, tasks: bothRun, service }])).toMatchObject({
      sentence: 'The update of web is paused: failure or early termination of task x. 2 of 2 running.',
    });
  });

  it('is a failure when it was rolled back, never a success, and says why', () => {
    const started = {
      at: 1,
      tasks: bothRun,
      service: atFiveAgain('rollback_started', 'update rolled back due to task x'),
    };
    expect(follow([started])).toMatchObject({
      kind: 'progressing',
      label: 'running; rolling back (task x)',
    });
    const completed = {
      at: 2,
      tasks: bothRun,
      service: atFiveAgain('rollback_completed', 'rollback completed'),
    };
    expect(follow([started, completed])).toMatchObject({
      kind: 'failed',
      why: 'rolled-back',
      sentence: 'Swarm rolled web back (task x): web is at 5 replicas now.',
    });
    const failed = task('b', 2, 'failed on n2: task: non-zero exit (1)');
    const quick = [
      { at: 1, tasks: bothRun },
      { ...completed, tasks: [failed, ...bothRun.slice(0, 1)], upToDate: [] },
    ];
    expect(follow(quick)).toMatchObject({
      sentence: 'Swarm rolled web back (exit code 1): web is at 5 replicas now.',
      troubles: [{ task: 'b', exitCode: 1 }],
    });
    const paused = { at: 2, tasks: bothRun, service: atFiveAgain('rollback_paused', 'task y') };
    expect(follow([started, paused])).toMatchObject({
      why: 'rollback-paused',
      sentence: saying('2 of 5 running.'),
    });
    expect(follow([{ ...started, at: 300 }])).toMatchObject({ why: 'rolled-back' });
  });
});

function saying(words: string): unknown {
  return expect.stringContaining(words);
}

function crash(id: string, slot: number): Task {
  return task(id, slot, 'failed on n2: task: non-zero exit (1)');
}

function withoutImage(id: string): Task {
  return task(id, 2, 'rejected: No such image: shop/web:9');
}

function atFiveAgain(State: string, Message: string): Service {
  return replicated(5, { UpdateStatus: { State, Message } });
}
