import { describe, expect, it } from 'vitest';
import { scaleWarnings } from '../../../src/swarm/scale-warnings.ts';
import type { Service } from '../../../src/swarm/service.ts';
import { node, replicated, service, task, threeNodes } from './snapshots.ts';

/** At image 2, and at image 1 before. */
function updated(state?: string): Service {
  const PreviousSpec = replicated(2).Spec;
  PreviousSpec.TaskTemplate = { ContainerSpec: { Image: 'shop/web:1@sha256:abc' } };
  return replicated(2, { PreviousSpec, ...(state === undefined ? {} : { UpdateStatus: { State: state } }) });
}

describe('scaleWarnings', () => {
  it('has nothing to say of a service at rest', () => {
    expect(scaleWarnings(replicated(2), 3, [], threeNodes)).toEqual([]);
  });

  it('says that a paused update is resumed, and what a rollback no longer leads back to', () => {
    expect(scaleWarnings(updated('paused'), 3, [], threeNodes)).toEqual([
      'The update of web to shop/web:2 was paused, and a scale resumes it: Swarm goes on to replace the tasks that it had not come to.',
      'After it, a rollback of web undoes the scale, and no longer leads back to shop/web:1.',
    ]);
  });

  it.for([
    ['updating', 'An update of web to shop/web:2 was under way, and a scale starts'],
    ['rollback_started', 'A rollback of web was not complete, and a scale'],
    ['rollback_paused', 'A rollback of web was not complete, and a scale'],
    ['completed', 'After it, a rollback of web undoes the scale, and no longer leads back to shop/web:1.'],
  ] as const)('says of an update that is %s: %s', ([state, words]) => {
    expect(scaleWarnings(updated(state), 3, [], threeNodes)[0]).toContain(words);
  });

  it('says nothing of rollbacks after another scale: the spec before differs in its number alone', () => {
    expect(scaleWarnings(replicated(2, { PreviousSpec: replicated(7).Spec }), 3, [], threeNodes)).toEqual([]);
  });

  it('says what 0 means, and that a job runs again', () => {
    expect(scaleWarnings(replicated(2), 0, [], threeNodes)).toEqual(['With 0 replicas nothing of web runs.']);
    const job = service({ ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 2 } });
    expect(scaleWarnings(job, 3, [], threeNodes)).toEqual([
      'web is a job: any change runs it again, all of its completions.',
    ]);
  });

  it('counts how many the nodes may take', () => {
    const limited = replicated(2);
    limited.Spec.TaskTemplate.Placement = { MaxReplicas: 2 };
    const nodes = [...threeNodes.slice(0, 2), node('n3', { availability: 'drain' })];
    expect(scaleWarnings(limited, 5, [], nodes)).toEqual([
      'Only 4 of 5 can run: web may have 2 on each of the 2 nodes that fit.',
    ]);
    expect(scaleWarnings(limited, 4, [], nodes)).toEqual([]);
    expect(scaleWarnings(limited, 3, [], [])).toEqual([
      'No node can take tasks of web now: none is ready and active and fits its placement.',
    ]);
  });

  it('says that Swarm forgets tasks that wait for a node, unless those are what it takes away', () => {
    const tasks = [task('a', 1, 'running'), task('b', 2, 'pending: no suitable node'), task('c', 3, 'new')];
    expect(scaleWarnings(replicated(3), 4, tasks, threeNodes)).toEqual([
      '2 tasks of web without a node: Swarm forgets such tasks when a service changes, and doesn’t place them even when ' +
        'a node fits. To have new ones then, scale web to 1 first, and up again.',
    ]);
    expect(scaleWarnings(replicated(3), 1, tasks, threeNodes)).toEqual([]);
  });
});
