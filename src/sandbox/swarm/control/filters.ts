import type { SwarmNode, Task } from '../objects.ts';
import type { TaskSpec } from '../service-spec.ts';
import { constraintsMet } from './constraint.ts';
import type { NodeUse } from './node-use.ts';

export interface Candidate {
  readonly node: SwarmNode;
  readonly use: NodeUse;
}

interface Filter {
  passes(task: Task, candidate: Candidate): boolean;
  /** In swarmkit's words (manager/scheduler/filter.go). */
  explain(nodes: string, count: number): string;
}

/** In the order in which a node is put to them. */
const filters: readonly Filter[] = [
  {
    passes: (_, { node }) => node.Status.State === 'ready' && node.Spec.Availability === 'active',
    explain: (nodes) => `${nodes} not available for new tasks`,
  },
  {
    passes(task, { node, use }) {
      const { NanoCPUs, MemoryBytes } = task.Spec.Resources?.Reservations ?? {};
      return (
        (NanoCPUs ?? 0) <= node.Resources.NanoCPUs - use.cpus &&
        (MemoryBytes ?? 0) <= node.Resources.MemoryBytes - use.memory
      );
    },
    explain: (nodes) => `insufficient resources on ${nodes}`,
  },
  {
    passes: (task, { node }) => constraintsMet(task.Spec.Placement?.Constraints, node),
    explain: (nodes) => `scheduling constraints not satisfied on ${nodes}`,
  },
  {
    passes: (task, { node }) => isPlatformSupported(task.Spec, node),
    explain: (nodes) => `unsupported platform on ${nodes}`,
  },
  {
    passes: (task, { use }) => hostPortsOf(task).every((port) => !use.hostPorts.has(port)),
    explain: (nodes) => `host-mode port already in use on ${nodes}`,
  },
  {
    passes(task, { use }) {
      const most = task.Spec.Placement?.MaxReplicas ?? 0;
      return most === 0 || (use.byService.get(task.ServiceID) ?? 0) < most;
    },
    explain: () => 'max replicas per node limit exceed',
  },
];

export function mayRunOn(task: Task, candidate: Candidate): boolean {
  return filters.every((filter) => filter.passes(task, candidate));
}

/** Why no node will do: each node counts for the first filter that it doesn't pass. */
export function explainRefusals(task: Task, candidates: Iterable<Candidate>): string {
  const counts = new Map<Filter, number>();
  for (const candidate of candidates) {
    const refusing = filters.find((filter) => !filter.passes(task, candidate));
    if (refusing !== undefined) counts.set(refusing, (counts.get(refusing) ?? 0) + 1);
  }
  return filters
    .flatMap((filter) => ({ filter, count: counts.get(filter) ?? 0 }))
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => other.count - one.count)
    .map(({ filter, count }) => filter.explain(count === 1 ? '1 node' : `${count} nodes`, count))
    .join('; ');
}

/** `tcp/8080` for each port that it takes on its node. */
export function hostPortsOf(task: Task): readonly string[] {
  return task.Ports.filter((port) => port.PublishMode === 'host' && port.PublishedPort).map(
    (port) => `${port.Protocol ?? 'tcp'}/${port.PublishedPort}`,
  );
}

const sameArchitecture: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64' };

function isPlatformSupported({ Placement }: TaskSpec, node: SwarmNode): boolean {
  const platforms = Placement?.Platforms ?? [];
  const own = sameArchitecture[node.Platform.Architecture] ?? node.Platform.Architecture;
  return (
    platforms.length === 0 ||
    platforms.some(({ Architecture, OS }) => {
      const wanted = sameArchitecture[Architecture ?? ''] ?? Architecture;
      return (!wanted || wanted === own) && (!OS || OS === node.Platform.OS);
    })
  );
}
