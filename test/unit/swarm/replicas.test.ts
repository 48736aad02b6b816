import { describe, expect, it } from 'vitest';
import { replicasOf, replicasWords, withReplicas } from '../../../src/swarm/replicas.ts';
import { replicated, service } from './snapshots.ts';

const job = service({ ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 4 } });

describe('withReplicas', () => {
  it('changes a number and nothing else, whatever else the spec holds', () => {
    const spec = { ...replicated(2).Spec, Unknown: { deep: [1, null, 'x'] }, Networks: [{ Target: 'n' }] };
    expect(withReplicas(spec, 5)).toEqual({ ...spec, Mode: { Replicated: { Replicas: 5 } } });
    expect(spec.Mode).toEqual({ Replicated: { Replicas: 2 } });
  });

  it('changes a job’s completions, and leaves its concurrency', () => {
    expect(withReplicas(job.Spec, 9).Mode).toEqual({
      ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 9 },
    });
  });

  it('leaves alone what has no number', () => {
    const everywhere = service({ Global: {} }).Spec;
    expect(withReplicas(everywhere, 5)).toBe(everywhere);
  });
});

it('reads an absent number as Swarm does, as one', () => {
  expect(replicasOf(service({ Replicated: {} }).Spec)).toBe(1);
  expect(replicasOf(service({ GlobalJob: {} }).Spec)).toBeUndefined();
});

it('words a number with its unit', () => {
  expect([replicated(1), replicated(0), job].map(({ Spec }) => replicasWords(Spec))).toEqual([
    '1 replica',
    '0 replicas',
    '4 completions',
  ]);
});
