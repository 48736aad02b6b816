import { progressWords } from '../swarm/progress-label.ts';
import type { Service } from '../swarm/service.ts';
import { taskCounts } from '../swarm/task-counts.ts';
import type { ReadTools } from './operation.ts';

/** How far a service is at this moment: `2 of 5 running, 3 starting`. @throws EngineFailure. */
export async function presentProgress(
  service: Service,
  { engine, signal, now }: Pick<ReadTools, 'engine' | 'signal' | 'now'>,
): Promise<string> {
  const [upToDate, tasks, nodes] = await Promise.all([
    engine.tasks({ service: [service.ID], '_up-to-date': ['true'] }, { signal }),
    engine.tasks({ service: [service.ID] }, { signal }),
    engine.nodes({}, { signal }),
  ]);
  return progressWords(service, taskCounts({ at: now(), service, upToDate, tasks, nodes }));
}
