import type { Service, Task } from '../../../../src/sandbox/swarm/objects.ts';
import { startSwarm, type Swarm, type SwarmOptions } from '../../../../src/sandbox/swarm/swarm.ts';

const second = 1000;
/** In the Engine API, durations are nanoseconds. */
export const nanoseconds = 1e9;

export interface SteppedSwarm extends Swarm {
  /** Lets so many seconds pass. */
  pass(seconds: number): void;
  /** @param more beside the image, which ticks, and its three replicas. @returns the service's id. */
  create(name: string, more?: Spec): string;
  service(name: string): Service;
  /** Changes some of the spec, as `docker service update` does. */
  change(name: string, more: Spec): void;
  rollBack(name: string): void;
  /** By slot or node, oldest first: `1 running on node1`, or `1 failed (task: non-zero exit (1)), shutdown`. */
  tasks(name: string): readonly string[];
  /** Those that are to run. */
  live(name: string): readonly Task[];
}

interface Spec {
  readonly image?: string;
  readonly replicas?: number;
  readonly mode?: object;
  readonly task?: object;
  readonly container?: object;
  readonly more?: object;
}

/** A Swarm whose time passes by `pass` alone. */
export async function steppedSwarm(options: SwarmOptions = {}): Promise<SteppedSwarm> {
  const swarm = await startSwarm({ speed: 0, start: Date.UTC(2026, 0, 1), seed: 7, ...options });
  const { world, services, clock } = swarm;
  const specs = new Map<string, Spec>();
  const found = (name: string) => {
    const service = [...world.services.values()].find(
      ({ Specification }) => Specification.spec.Name === name,
    );
    if (service === undefined) throw new Error(`no service ${name}`);
    return service;
  };
  const tasksOf = (name: string) =>
    world.tasksBy
      .service(found(name).ID)
      .toSorted((one, other) => place(one) - place(other) || one.Version - other.Version || 0);
  const hostname = (id: string) => world.nodes.get(id)?.Hostname ?? id;
  const place = ({ Slot, NodeID }: Task) => Slot || Number(hostname(NodeID).slice(4));
  return {
    ...swarm,
    pass: (seconds) => clock.advance(seconds * second),
    create(name, more = {}) {
      specs.set(name, more);
      return services.create(specOf(name, more));
    },
    service: found,
    change(name, more) {
      const merged = { ...specs.get(name), ...more };
      specs.set(name, merged);
      services.update(found(name), specOf(name, merged), { version: found(name).Version });
    },
    rollBack(name) {
      const service = found(name);
      const sent = JSON.parse(service.Specification.text) as unknown;
      services.update(service, sent, { version: service.Version, rollback: true });
    },
    tasks: (name) =>
      tasksOf(name).map((task) => {
        const { State, Err } = task.Status;
        const at = task.NodeID === '' ? '' : ` on ${hostname(task.NodeID)}`;
        const why = Err === undefined ? '' : ` (${Err})`;
        const wanted = task.DesiredState === State ? '' : `, ${task.DesiredState}`;
        return `${place(task)} ${State}${at}${why}${wanted}`;
      }),
    live: (name) => tasksOf(name).filter(({ DesiredState }) => DesiredState === 'running'),
  };
}

function specOf(name: string, { image = 'app:1', replicas = 3, mode, task, container, more }: Spec): object {
  return {
    Name: name,
    TaskTemplate: { ...task, ContainerSpec: { Image: `registry.example/${image}`, ...container } },
    Mode: mode ?? { Replicated: { Replicas: replicas } },
    ...more,
  };
}
