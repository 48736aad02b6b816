import { describe, expect, it } from 'vitest';
import { type Engine, EngineFailure } from '../../../src/engine/engine.ts';
import { type FollowProgress, followService } from '../../../src/operations/follow-service.ts';
import { beginConvergence } from '../../../src/swarm/convergence.ts';
import { replicasOf, replicasWords } from '../../../src/swarm/replicas.ts';
import type { Target } from '../../../src/swarm/target.ts';
import { replicated, task } from '../swarm/snapshots.ts';
import { oneService, scaledTo, unreachable } from './one-service.ts';

const running = [task('a', 1, 'running'), task('b', 2, 'running')];

async function followTwo(
  swarm: Pick<ReturnType<typeof oneService>, 'engine' | 'pace' | 'state'>,
  signal = new AbortController().signal,
  mayReadLogs: (target: Target) => boolean = () => true,
) {
  const told: FollowProgress[] = [];
  const end = await followService(
    'web-id',
    {
      name: 'web',
      over: 10,
      stands: (spec) => replicasOf(spec) === 2,
      describe: replicasWords,
      startedAt: 0,
      deadline: 300_000,
    },
    beginConvergence(replicated(1), []),
    { engine: swarm.engine, signal, report: (progress) => told.push(progress), mayReadLogs, ...swarm.pace },
  );
  return { end, told, took: swarm.state.now };
}

describe('followService', () => {
  it.each([
    ['shows what failed tasks wrote last', true, 'Last lines of slot 1 on host-n1:'],
    ['shows nothing of it to whom may not read the log', false, undefined],
  ])('%s', async (_, allowed, shown) => {
    const swarm = oneService(replicated(2), {
      tasks: (at) =>
        [1, 2, 3].slice(0, at / 1000).map((nth) => task(`a${nth}`, 1, 'failed: task: non-zero exit (1)')),
    });
    const line = { kind: 'line', stream: 'stderr', time: '', node: 'n1', task: 'a3', cut: false } as const;
    const engine: Engine = {
      ...swarm.engine,
      async *logs() {
        yield { ...line, text: 'no such table' };
      },
    };
    const asked: Target[] = [];
    const { end } = await followTwo({ ...swarm, engine }, undefined, (target) => {
      asked.push(target);
      return allowed;
    });
    expect(end).toMatchObject({ kind: 'failed', why: 'crash-loop' });
    expect(asked).toEqual([{ kind: 'service', cluster: 'prod', name: 'web', labels: {} }]);
    const words = JSON.stringify('lastWords' in end ? end.lastWords : []);
    expect(words).toContain(shown ?? '[]');
    expect(words.includes('no such table')).toBe(allowed);
  });

  it('reports how far it is, until it has converged', async () => {
    const swarm = oneService(replicated(2), { tasks: (at) => (at < 2000 ? running.slice(1) : running) });
    const { end, told, took } = await followTwo(swarm);
    expect(end).toMatchObject({ kind: 'converged' });
    expect(took).toBe(7000);
    expect(told.map(({ state }) => state?.kind)).toEqual([
      ...Array.from({ length: 8 }, () => 'progressing'),
      ...Array.from({ length: 20 }, () => 'holding'),
    ]);
  });

  it('lives through a silence, and says that what it shows is old', async () => {
    const reads = [undefined, unreachable, unreachable, unreachable];
    const { end, told } = await followTwo(oneService(replicated(2), { tasks: () => running, reads }));
    expect(end).toMatchObject({ kind: 'converged' });
    const stale = told.filter((progress) => progress.stale !== undefined);
    expect(stale).toHaveLength(3);
    expect(stale.at(-1)).toMatchObject({ state: { kind: 'holding' } });
    expect(stale.at(-1)?.stale).toMatch(
      /^The engine has not answered for \d+ s: The engine refuses connections\.$/,
    );
  });

  it('asks a silent engine ever less often, and in the end says that it doesn’t know', async () => {
    const reads = Array.from({ length: 1000 }, () => unreachable);
    const { end, told, took } = await followTwo(oneService(replicated(2), { reads }));
    expect(end).toMatchObject({ kind: 'silent' });
    expect(took).toBeLessThan(310_000);
    expect(told.length).toBeLessThan(100);
  });

  it('is overtaken by another number, and by a removal', async () => {
    const other = oneService(replicated(2), { tasks: () => running });
    other.elsewhere(scaledTo(9));
    expect((await followTwo(other)).end).toMatchObject({ kind: 'overtaken', by: 'change' });
    const removed = oneService(replicated(2));
    removed.state.gone = true;
    expect((await followTwo(removed)).end).toEqual({
      kind: 'overtaken',
      by: 'removal',
      sentence: 'web was removed meanwhile.',
    });
  });

  it('stops when it is told to', async () => {
    const stop = AbortSignal.abort(new Error('the process stops'));
    await expect(followTwo(oneService(replicated(2)), stop)).rejects.toThrow('the process stops');
    const aborted = new EngineFailure('unavailable', 'aborted', 'Aborted.');
    await expect(followTwo(oneService(replicated(2), { reads: [aborted] }), stop)).rejects.toThrow(
      'the process stops',
    );
  });
});
