import { describe, expect, it } from 'vitest';
import { replicasColumn } from '../../../src/swarm/replicas-column.ts';
import type { ServiceMode, TaskSpec } from '../../../src/swarm/service.ts';
import { sampleService } from './sample-swarm.ts';

describe('replicasColumn', () => {
  const counts = { RunningTasks: 2, DesiredTasks: 3, CompletedTasks: 4 };
  const perNode: TaskSpec = { Placement: { MaxReplicas: 1 } };

  it.for<readonly [name: string, mode: ServiceMode, template: TaskSpec, column: string]>([
    ['replicated', { Replicated: { Replicas: 3 } }, {}, '2/3'],
    ['replicated with a limit', { Replicated: { Replicas: 3 } }, perNode, '2/3 (max 1 per node)'],
    ['global', { Global: {} }, perNode, '2/3'],
    ['replicated job', { ReplicatedJob: { TotalCompletions: 9 } }, perNode, '2/3 (4/9 completed)'],
    ['global job', { GlobalJob: {} }, {}, '2/3 (4/7 completed)'],
  ])('counts the tasks of a %s service', ([, Mode, TaskTemplate, column]) => {
    const service = sampleService('web', { Spec: { Mode, TaskTemplate }, ServiceStatus: counts });
    expect(replicasColumn(service)).toBe(column);
  });

  it('counts nothing where the engine counted nothing', () => {
    expect(replicasColumn(sampleService('web', { ServiceStatus: undefined }))).toBe('0/0');
  });
});
