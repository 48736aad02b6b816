import { expect, it } from 'vitest';
import { servicePretty } from '../../../src/swarm/service-pretty.ts';
import { sampleService } from './sample-swarm.ts';

const now = Date.parse('2026-01-01T00:10:00Z');

it('fills in what a spec leaves open with the defaults of the Swarm', () => {
  expect(servicePretty(sampleService('web'), now)).toBe(
    `
ID:                   id-of-web
Name:                 web
Service Mode:         Replicated
 Replicas:            1
UpdateConfig:
 Parallelism:         1
 On failure:          pause
 Monitoring Period:   5s
 Max failure ratio:   0
 Update order:        stop-first
RollbackConfig:
 Parallelism:         1
 On failure:          pause
 Monitoring Period:   5s
 Max failure ratio:   0
 Rollback order:      stop-first
ContainerSpec:
 Image:               shop/web:1
`.trim(),
  );
});

it('tells how an update goes', () => {
  const service = sampleService('web', {
    UpdateStatus: {
      State: 'paused',
      StartedAt: '2026-01-01T00:00:00Z',
      Message: 'update paused due to failure or early termination of task x',
    },
  });
  expect(servicePretty(service, now)).toContain(
    `
UpdateStatus:
 State:               paused
 Started:             10 minutes ago
 Message:             update paused due to failure or early termination of task x
`,
  );
});

it('tells the numbers of a job', () => {
  const job = sampleService('job', {
    Spec: { Mode: { ReplicatedJob: { TotalCompletions: 9, MaxConcurrent: 2 } } },
  });
  expect(servicePretty(job, now)).toContain(
    `
Service Mode:         replicated job
 Total completions:   9
 Max concurrent:      2
`,
  );
});

it('shows a service although one of its fields is not what it should be', () => {
  const odd = sampleService('web', {
    Spec: { TaskTemplate: { ContainerSpec: { Image: 'shop/web:1', Dir: 7, Ulimits: 'none' }, LogDriver: 3 } },
  });
  expect(servicePretty(odd, now)).toContain('shop/web:1');
});
