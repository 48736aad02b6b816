import type { Engine } from '../../src/engine/engine.ts';
import { replicasOf } from '../../src/swarm/replicas.ts';
import type { Lab, LabService } from '../lab/swarm-lab.ts';

/** Options of a service that stops and is judged quickly. */
export const quick = ['--stop-grace-period', '1s', '--update-monitor', '1s'];

/** The nodes that run a service's tasks, as the docker CLI has them, one for each task. */
export async function running(lab: Lab, { name }: LabService): Promise<readonly string[]> {
  const format = '{{if eq (printf "%.7s" .CurrentState) "Running"}}{{.Node}}{{end}}';
  const tasks = await lab.docker('service', 'ps', name, '-f', 'desired-state=running', '--format', format);
  return tasks.split('\n').filter((node) => node !== '');
}

export async function read(engine: Engine, { id }: LabService) {
  const service = await engine.service(id);
  return { replicas: replicasOf(service.Spec), version: service.Version.Index, service };
}
