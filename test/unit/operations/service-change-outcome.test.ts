import { describe, expect, it } from 'vitest';
import { planUpdate } from '../../../src/operations/plan-service-change.ts';
import { serviceChangeOutcome } from '../../../src/operations/service-change-outcome.ts';
import { updateInput } from '../../../src/operations/update-input.ts';
import { imageVerdict } from '../../../src/policy/image-verdict.ts';
import type { FailedBecause } from '../../../src/swarm/convergence-state.ts';
import { replicated } from '../swarm/snapshots.ts';
import { oneService } from './one-service.ts';

/** How an update of web's environment is told that ended so, after 17 s. */
async function told(end: 'converged' | FailedBecause) {
  const { engine, pace } = oneService(replicated(2));
  const update = updateInput.parse({ args: ['web'], flags: { 'env-add': ['A=1'] } });
  const { signal } = new AbortController();
  const plan = await planUpdate(update, {
    ...pace,
    engine,
    signal,
    image: () => imageVerdict(undefined, ''),
  });
  const failed = { kind: 'failed', sentence: 'It failed.', troubles: [], lastWords: [] } as const;
  return serviceChangeOutcome('prod', plan, {
    kind: 'followed',
    warnings: [],
    took: 17_000,
    end:
      end === 'converged'
        ? { kind: 'converged', done: 2, total: 2, label: 'running', notes: [] }
        : { ...failed, why: end },
  });
}

describe('the outcome of an update', () => {
  it('is told in the audit log as sentences, with what changes', async () => {
    expect((await told('converged')).detail).toBe(
      'web updated: 2 of 2 running, in 17 s. Change: env A none → ••••.',
    );
  });

  it('is headed as half-way where Swarm paused it, with what to do', async () => {
    const { answer, kind } = await told('paused');
    expect(kind).toBe('failed');
    expect(answer.slice(0, 2)).toEqual([
      { kind: 'heading', text: 'web was updated half-way: Swarm paused it' },
      {
        kind: 'text',
        text: [
          'It failed. Its spec is the new one, and it stays half-way until somebody acts: roll it back, or go on with: ' +
            'service update --force web.',
        ],
      },
    ]);
    expect(JSON.stringify(answer)).toContain('Roll back…');
  });

  it.each([
    ['rollback-paused', 'web was rolled back half-way: Swarm paused it'],
    ['rolled-back', 'web was not updated: Swarm undid it'],
    ['crash-loop', 'web was not updated'],
  ] as const)('that ended as %s is headed "%s"', async (end, text) => {
    expect((await told(end)).answer[0]).toEqual({ kind: 'heading', text });
  });
});
