import { describe, expect, it } from 'vitest';
import type { Task } from '../../../src/swarm/task.ts';
import { bothRun, follow, updateIn } from './follow.ts';
import { node, replicated, service, task, threeNodes } from './snapshots.ts';

describe('a replicated service', () => {
  it('has converged when all of its slots have run for the monitor time', () => {
    const holding = follow([{ at: 1, tasks: bothRun }]);
    expect(holding).toMatchObject({ kind: 'holding', since: 1000, until: 6000 });
    const looks = [1, 5.9].map((at) => ({ at, tasks: bothRun }));
    expect(follow(looks)).toMatchObject({ kind: 'holding' });
    expect(follow([...looks, { at: 6, tasks: bothRun }])).toEqual({
      kind: 'converged',
      done: 2,
      total: 2,
      label: 'running',
      notes: [],
    });
  });

  it('takes the monitor time of its own update configuration', () => {
    const now = replicated(2);
    now.Spec.UpdateConfig = { Monitor: 30e9 };
    expect(follow([{ at: 1, tasks: bothRun }], { now })).toMatchObject({ until: 31_000 });
  });

  it('begins to wait anew when a task that ran does not run any more', () => {
    const fell = [
      task('a', 1, 'failed: task: non-zero exit (1)'),
      task('c', 1, 'ready, to ready'),
      ...bothRun.slice(1),
    ];
    const state = follow([
      { at: 1, tasks: bothRun },
      { at: 4, tasks: fell },
      { at: 7, tasks: [...fell.slice(0, 1), task('c', 1, 'running'), ...bothRun.slice(1)] },
    ]);
    expect(state).toMatchObject({ kind: 'holding', since: 7000 });
  });

  it('lets the monitor time pass while a task is still being stopped, and waits for that one too', () => {
    const leaving = [...bothRun, task('old', 3, 'running, to shutdown')];
    const looks = [1, 7].map((at) => ({ at, tasks: leaving }));
    expect(follow(looks)).toMatchObject({ kind: 'progressing', label: 'running; 1 stopping' });
    expect(follow([...looks, { at: 8, tasks: bothRun }])).toMatchObject({ kind: 'converged' });
    expect(
      follow([
        { at: 1, tasks: leaving },
        { at: 3, tasks: bothRun },
      ]),
    ).toMatchObject({ kind: 'holding', since: 1000, until: 6000 });
  });

  it('lets the monitor time pass while Swarm watches the update itself', () => {
    const looks = [1, 6].map((at) => ({ at, tasks: bothRun, service: updateIn('updating') }));
    expect(follow(looks)).toMatchObject({ kind: 'progressing' });
    const last = { at: 6.5, tasks: bothRun, service: updateIn('completed') };
    expect(follow([...looks, last])).toMatchObject({ kind: 'converged' });
  });

  const counted: readonly [string, readonly Task[], string][] = [
    ['a task that starts', [task('a', 1, 'running'), task('b', 2, 'starting')], '1 of 2 running, 1 starting'],
    ['a task not created yet', [task('a', 1, 'running')], '1 of 2 running'],
    [
      'a task on a node that is down',
      [task('a', 1, 'running'), task('b', 2, 'running on down')],
      '1 of 2 running',
    ],
    [
      'of two in a slot, the one that is to run',
      [
        task('a', 1, 'running'),
        task('old', 2, 'running, to shutdown'),
        task('new', 2, 'preparing, to ready'),
      ],
      '1 of 2 running, 1 preparing; 1 stopping',
    ],
    [
      'of two in a slot that are to run, the one less far',
      [task('a', 1, 'running'), task('b', 2, 'running'), task('c', 2, 'starting')],
      '1 of 2 running, 1 starting',
    ],
    ['more than asked for', [...bothRun, task('c', 3, 'running')], '3 of 2 running'],
    [
      'no orphan',
      [task('a', 1, 'running'), task('b', 2, 'orphaned', { DesiredState: 'remove' })],
      '1 of 2 running',
    ],
  ];
  it.for(counted)('counts %s', ([, tasks, words]) => {
    const state = follow([{ at: 1, tasks, nodes: [...threeNodes, node('down', { state: 'down' })] }]);
    expect(state.kind === 'progressing' && `${state.done} of ${state.total} ${state.label}`).toBe(words);
  });

  it('counts only the tasks that bear the present spec', () => {
    const state = follow([{ at: 1, tasks: bothRun, upToDate: bothRun.slice(1) }]);
    expect(state).toMatchObject({ kind: 'progressing', done: 1, total: 2 });
  });

  it('is not told from before the change: what is read in its old version says nothing', () => {
    const now = replicated(2, { Version: { Index: 10 }, UpdateStatus: { State: 'paused' } });
    expect(
      follow(
        [
          { at: 1, tasks: bothRun },
          { at: 9, tasks: bothRun },
        ],
        { now },
      ),
    ).toMatchObject({
      kind: 'progressing',
    });
  });

  it('has not converged while the Swarm still watches an update of it', () => {
    const looks = [1, 7].map((at) => ({ at, tasks: bothRun, service: updateIn('updating') }));
    expect(follow(looks)).toMatchObject({ kind: 'progressing' });
    const completed = [8, 13].map((at) => ({ at, tasks: bothRun, service: updateIn('completed') }));
    expect(follow([...looks, ...completed])).toMatchObject({ kind: 'converged' });
  });
});

describe('a scale-down', () => {
  it('waits for the tasks that were taken away to stop', () => {
    const stopping = [...bothRun, task('c', 3, 'running, to remove on n3')];
    expect(follow([{ at: 1, tasks: stopping }])).toMatchObject({
      kind: 'progressing',
      label: 'running; 1 stopping',
    });
  });

  it('to 0 has converged when nothing runs any more, and not before', () => {
    const asked = { asked: 0 };
    const leaving = [task('a', 1, 'running, to remove')];
    expect(
      follow(
        [
          { at: 1, tasks: leaving },
          { at: 9, tasks: leaving },
        ],
        asked,
      ),
    ).toMatchObject({ kind: 'progressing' });
    expect(
      follow(
        [
          { at: 1, tasks: [] },
          { at: 6, tasks: [] },
        ],
        asked,
      ),
    ).toMatchObject({ kind: 'converged', total: 0 });
    const stillMeantToRun = [task('a', 1, 'running')];
    expect(
      follow(
        [
          { at: 1, tasks: stillMeantToRun },
          { at: 9, tasks: stillMeantToRun },
        ],
        asked,
      ),
    ).toMatchObject({
      kind: 'progressing',
      done: 1,
    });
  });

  it('says what it can’t know: a task on a node that is down may run on', () => {
    const leaving = [
      'running, to remove on down',
      'running, to remove on down',
      'running, to remove on gone',
    ];
    const tasks = [...bothRun, ...leaving.map((words, at) => task(`c${at}`, 3 + at, words))];
    const nodes = [...threeNodes, node('down', { state: 'down' }), node('gone', { state: 'down' })];
    const state = follow([
      { at: 1, tasks, nodes },
      { at: 6, tasks, nodes },
    ]);
    expect(state).toMatchObject({
      kind: 'converged',
      notes: [
        'host-down is down: whether 2 tasks stopped there can’t be seen until it is back.',
        'host-gone is down: whether 1 task stopped there can’t be seen until it is back.',
      ],
    });
  });

  it('is done at the deadline when only the stopping takes long', () => {
    const tasks = [...bothRun, task('c', 3, 'running, to remove on n3')];
    expect(follow([{ at: 300, tasks }])).toMatchObject({
      kind: 'converged',
      notes: ['1 task still being stopped: what it runs doesn’t end when asked to.'],
    });
  });

  it('does not take the death of a task that it removes for a failure', () => {
    const tasks = [...bothRun, killedOnRemoval('c'), killedOnRemoval('d'), killedOnRemoval('e')];
    expect(follow([{ at: 1, tasks }])).toMatchObject({ kind: 'holding' });
  });
});

describe('the deadline', () => {
  it('says how far it got, and what most often holds up what stays new', () => {
    const tasks = [task('a', 1, 'running'), task('b', 2, 'new')];
    expect(follow([{ at: 299, tasks }])).toMatchObject({ kind: 'progressing' });
    expect(follow([{ at: 300, tasks }])).toMatchObject({
      kind: 'failed',
      why: 'deadline',
      sentence: saying(
        'After 5 min, 1 of 2 running, 1 new. A task that stays new most often waits for an address',
      ),
    });
  });

  it('cuts the watching short, and says so', () => {
    const looks = [297, 300].map((at) => ({ at, tasks: bothRun }));
    expect(follow(looks)).toMatchObject({
      kind: 'converged',
      notes: ['It was watched for 3 s; its monitor time is 5 s.'],
    });
  });

  it('does not make a success of an update that is still under way', () => {
    expect(follow([{ at: 300, tasks: bothRun, service: updateIn('updating') }])).toMatchObject({
      why: 'deadline',
    });
  });
});

describe('a replicated job', () => {
  const job = service(
    { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 2 } },
    { JobStatus: { JobIteration: { Index: 7 } } },
  );

  it('has converged at once when this run’s completions are there', () => {
    const tasks = [task('a', 0, 'complete', ofRun(7)), task('b', 1, 'complete', ofRun(7))];
    expect(follow([{ at: 1, tasks }], { now: job })).toMatchObject({ kind: 'converged', label: 'complete' });
  });

  it('does not count the completions of an earlier run', () => {
    const tasks = [
      task('a', 0, 'complete', ofRun(6)),
      task('b', 1, 'complete', ofRun(7)),
      task('c', 0, 'running', ofRun(7)),
    ];
    expect(follow([{ at: 1, tasks }], { now: job })).toMatchObject({
      kind: 'progressing',
      done: 1,
      label: 'complete, 1 running',
    });
  });

  it('whose tasks fail again and again is told as a crash loop', () => {
    const failed = ['x', 'y', 'z'].map((id) =>
      task(id, 0, 'failed: task: non-zero exit (2)', { JobIteration: { Index: 7 } }),
    );
    expect(
      follow([{ at: 1, tasks: [...failed, task('b', 1, 'complete', ofRun(7))] }], { now: job }),
    ).toMatchObject({
      why: 'crash-loop',
      troubles: [{ exitCode: 2 }],
    });
  });
});

describe('a global service', () => {
  const everywhere = service({ Global: {} });

  it('has to run on every node that is ready, active and within its constraints', () => {
    const picky = service({ Global: {} });
    picky.Spec.TaskTemplate.Placement = { Constraints: ['node.labels.disk == ssd'] };
    const nodes = [
      node('n1', { labels: { disk: 'SSD' } }),
      node('n2', { labels: { disk: 'ssd' }, availability: 'drain' }),
      node('n3', { labels: { disk: 'ssd' }, state: 'down' }),
      node('n4'),
    ];
    const tasks = [task('a', 0, 'running on n1')];
    const looks = [1, 6].map((at) => ({ at, tasks, nodes }));
    expect(follow(looks, { now: picky })).toMatchObject({ kind: 'converged', total: 1 });
    expect(follow(looks, { now: everywhere })).toMatchObject({ kind: 'progressing', done: 1, total: 2 });
  });

  it('does not wait for ever for tasks that never come', () => {
    expect(follow([{ at: 300, tasks: [] }], { now: everywhere })).toMatchObject({
      why: 'deadline',
      sentence: saying('0 of 3 running'),
    });
  });
});

function saying(words: string): unknown {
  return expect.stringContaining(words);
}

function killedOnRemoval(id: string): Task {
  return task(id, 3, 'failed, to remove: task: non-zero exit (137)');
}

function ofRun(iteration: number): Partial<Task> {
  return { JobIteration: { Index: iteration }, DesiredState: 'complete' };
}
