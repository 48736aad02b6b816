import { BlockList, isIP } from 'node:net';
import type { Node } from './node.ts';
import type { ServiceSpec, TaskSpec } from './service.ts';

/**
 * The nodes that the scheduler could give a new task of this service, as far as the API tells: ready, active, within the
 * constraints and of the image's platform. Free resources, ports and plugins aren't looked at.
 * Source: swarmkit manager/scheduler/filter.go and manager/constraint/constraint.go.
 */
export function eligibleNodes(
  { TaskTemplate }: Pick<ServiceSpec, 'TaskTemplate'>,
  nodes: readonly Node[],
): readonly Node[] {
  return nodes.filter(
    (node) =>
      takesTasks(node) &&
      unmetConstraint(node, TaskTemplate) === undefined &&
      runsPlatform(node, TaskTemplate),
  );
}

/** Is it ready, and neither paused nor drained? */
export function takesTasks({ Status, Spec }: Pick<Node, 'Status' | 'Spec'>): boolean {
  return Status.State === 'ready' && Spec.Availability === 'active';
}

/** The first constraint that rules the node out: `node.labels.disk==ssd`. */
export function unmetConstraint(node: Node, { Placement }: Pick<TaskSpec, 'Placement'>): string | undefined {
  return Placement?.Constraints?.find((constraint) => !satisfies(node, constraint));
}

/** Is the node of a platform that the image is for, as far as the spec says which those are? */
export function runsPlatform({ Description }: Node, { Placement }: Pick<TaskSpec, 'Placement'>): boolean {
  const platforms = Placement?.Platforms;
  if (!platforms || platforms.length === 0) return true;
  const os = Description.Platform?.OS ?? '';
  const architecture = canonical(Description.Platform?.Architecture ?? '');
  return platforms.some(
    ({ OS, Architecture }) =>
      (!OS || OS === os) && (!Architecture || canonical(Architecture) === architecture),
  );
}

function canonical(architecture: string): string {
  if (architecture === 'x86_64') return 'amd64';
  return architecture === 'aarch64' ? 'arm64' : architecture;
}

function satisfies(node: Node, constraint: string): boolean {
  const parts = /^(.*?)(==|!=)(.*)$/s.exec(constraint);
  if (!parts) return false;
  const [key, wanted] = [(parts[1] ?? '').trim(), (parts[3] ?? '').trim()];
  const equal = parts[2] === '==';
  if (key.toLowerCase() === 'node.ip') {
    const within = isWithin(node.Status.Addr ?? '', wanted);
    return within !== undefined && within === equal;
  }
  const actual = valueOf(node, key);
  return actual !== undefined && (actual.toLowerCase() === wanted.toLowerCase()) === equal;
}

/** Keys are case-insensitive, a label's own name is not. An unknown key matches no node. */
function valueOf(node: Node, key: string): string | undefined {
  const lower = key.toLowerCase();
  const { Description, Spec } = node;
  switch (lower) {
    case 'node.id':
      return node.ID;
    case 'node.hostname':
      return Description.Hostname ?? '';
    case 'node.role':
      return Spec.Role;
    case 'node.platform.os':
      return Description.Platform?.OS ?? '';
    case 'node.platform.arch':
      return Description.Platform?.Architecture ?? '';
    default:
      if (lower.startsWith('node.labels.')) return Spec.Labels?.[key.slice('node.labels.'.length)] ?? '';
      if (lower.startsWith('engine.labels.')) {
        return Description.Engine?.Labels?.[key.slice('engine.labels.'.length)] ?? '';
      }
      return undefined;
  }
}

/** @returns undefined when the constraint is neither an address nor a subnet. */
function isWithin(address: string, wanted: string): boolean | undefined {
  const [base = '', prefix] = wanted.split('/');
  const version = isIP(base);
  if (version === 0) return undefined;
  const bits = prefix === undefined ? (version === 4 ? 32 : 128) : Number(prefix);
  if (!Number.isInteger(bits) || bits < 0 || bits > (version === 4 ? 32 : 128)) return undefined;
  const subnet = new BlockList();
  const family = version === 4 ? 'ipv4' : 'ipv6';
  subnet.addSubnet(base, bits, family);
  return isIP(address) === version && subnet.check(address, family);
}
