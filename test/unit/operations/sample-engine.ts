import { type Engine, EngineFailure, type Filters } from '../../../src/engine/engine.ts';
import type { EngineInfo, EngineVersion } from '../../../src/swarm/cluster.ts';
import type { LogEntry } from '../../../src/swarm/log-entry.ts';
import type { Node } from '../../../src/swarm/node.ts';
import type { Service } from '../../../src/swarm/service.ts';
import type { Task } from '../../../src/swarm/task.ts';

export interface SampleSwarm {
  readonly services?: readonly Service[];
  readonly tasks?: readonly Task[];
  readonly nodes?: readonly Node[];
  readonly info?: EngineInfo;
  readonly version?: EngineVersion;
  readonly logs?: readonly LogEntry[];
  /** What the engine refuses to tell. */
  readonly refuses?: readonly (keyof Engine)[];
}

/** A cluster named `prod` held in memory: it finds things as the daemon does, and filters by name, service and node. */
export function sampleEngine(swarm: SampleSwarm): Engine {
  const { services = [], tasks = [], nodes = [], info = {}, refuses = [] } = swarm;
  const answer = async <T>(method: keyof Engine, value: () => T): Promise<T> => {
    if (refuses.includes(method)) {
      throw new EngineFailure('unavailable', 'timed-out', `prod did not answer ${method} in time.`);
    }
    return value();
  };
  return {
    cluster: 'prod',
    info: () => answer('info', () => info),
    version: () => answer('version', () => swarm.version ?? { Version: '28.5.2', ApiVersion: '1.51' }),
    services: (filters) =>
      answer('services', () => services.filter(({ Spec }) => matches(filters, 'name', Spec.Name))),
    service: (reference) =>
      answer('service', () => find('service', services, ({ Spec }) => Spec.Name, reference)),
    tasks: (filters) =>
      answer('tasks', () =>
        tasks.filter(
          ({ ServiceID, NodeID }) =>
            matches(filters, 'service', ServiceID ?? '') && matches(filters, 'node', NodeID ?? ''),
        ),
      ),
    nodes: (filters) =>
      answer('nodes', () =>
        nodes.filter(({ Description }) => matches(filters, 'name', Description.Hostname ?? '')),
      ),
    node: (reference) =>
      answer('node', () =>
        find(
          'node',
          nodes,
          ({ Description }) => Description.Hostname,
          reference === 'self' ? (info.Swarm?.NodeID ?? '') : reference,
        ),
      ),
    hasRegistryAuth: () => false,
    imageDigest: () => Promise.reject(new Error('not asked here')),
    updateService: () => Promise.reject(new Error('a read tried to write')),
    async *logs() {
      yield* await answer('logs', () => swarm.logs ?? []);
    },
    updateNode: () => Promise.reject(new Error('a read tried to write')),
  };
}

function matches(filters: Filters | undefined, key: string, value: string): boolean {
  const wanted = filters?.[key];
  return wanted === undefined || wanted.some((prefix) => value.startsWith(prefix));
}

function find<Thing extends { readonly ID: string }>(
  noun: string,
  things: readonly Thing[],
  nameOf: (thing: Thing) => string | null | undefined,
  reference: string,
): Thing {
  const found =
    things.find(({ ID }) => ID === reference) ??
    things.find((thing) => nameOf(thing) === reference) ??
    things.find(({ ID }) => ID.startsWith(reference));
  if (found === undefined) {
    throw new EngineFailure('not-found', 'not-found', `There is no ${noun} ${reference} in prod.`);
  }
  return found;
}
