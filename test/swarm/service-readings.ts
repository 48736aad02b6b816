import type { Engine } from '../../src/engine/engine.ts';
import { replicasOf } from '../../src/swarm/replicas.ts';
import type { Lab, LabService } from '../lab/swarm-lab.ts';
import { settles } from './many-states.ts';

/** Options of a service that stops and is judged quickly. */
export const quick = ['--stop-grace-period', '1s', '--update-monitor', '1s', '--rollback-monitor', '1s'];

/** The nodes (or images) of a service's tasks that run, as the docker CLI has them, one for each task. */
export async function running(
  lab: Lab,
  { name }: LabService,
  column: 'Node' | 'Image' = 'Node',
): Promise<readonly string[]> {
  const format = `{{if eq (printf "%.7s" .CurrentState) "Running"}}{{.${column}}}{{end}}`;
  const tasks = await lab.docker('service', 'ps', name, '-f', 'desired-state=running', '--format', format);
  return tasks.split('\n').filter((cell) => cell !== '');
}

/** A service whose first tasks run. */
export async function runningService(
  lab: Lab,
  replicas: number,
  ...options: readonly string[]
): Promise<LabService> {
  const args = ['--replicas', String(replicas), ...quick, ...options, lab.image('1')];
  const service = await lab.createService(...args);
  await settles(async () => String((await running(lab, service)).length), String(replicas));
  return service;
}

export async function read(engine: Engine, { id }: LabService) {
  const service = await engine.service(id);
  return { replicas: replicasOf(service.Spec), version: service.Version.Index, service };
}
