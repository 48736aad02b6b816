import type { SwarmOptions } from './swarm.ts';

export interface FleetSize {
  readonly services: number;
  readonly tasks: number;
  readonly nodes: number;
}

const mebibyte = 1024 ** 2;
const gibibyte = 1024 ** 3;

/**
 * A Swarm of a size, for looking and for measuring: `startSwarm(fleet({ services: 1000, tasks: 10_000, nodes: 100 }))`.
 * Its first service has up to 1,000 of the tasks, the others share the rest; all of them run.
 */
export function fleet({ services, tasks, nodes }: FleetSize): SwarmOptions {
  const first = services === 1 ? tasks : Math.min(1000, Math.floor(tasks / 2));
  const rest = tasks - first;
  const others = Math.max(1, services - 1);
  const replicasOf = (index: number) =>
    index === 0 ? first : Math.floor(rest / others) + (index - 1 < rest % others ? 1 : 0);
  return {
    nodes: Array.from({ length: nodes }, (_, index) => ({
      name: `node${index + 1}`,
      role: index < 3 && nodes > 3 ? 'manager' : index === 0 ? 'manager' : 'worker',
      labels: { zone: ['a', 'b', 'c'][index % 3] ?? 'a' },
      cpus: 64,
      memoryBytes: 512 * gibibyte,
    })),
    age: 60_000,
    services: Array.from({ length: services }, (_, index) => ({
      Name: `fleet_${String(index + 1).padStart(4, '0')}`,
      Labels: { team: `team-${(index % 20) + 1}` },
      TaskTemplate: {
        ContainerSpec: { Image: `registry.example/app:${(index % 3) + 1}`, Env: [`NUMBER=${index + 1}`] },
        Resources: { Reservations: { MemoryBytes: 16 * mebibyte } },
      },
      Mode: { Replicated: { Replicas: replicasOf(index) } },
    })),
  };
}
