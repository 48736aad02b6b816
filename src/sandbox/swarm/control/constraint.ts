import { BlockList, isIP } from 'node:net';
import type { SwarmNode } from '../objects.ts';

interface Constraint {
  readonly key: string;
  readonly isEqual: boolean;
  readonly value: string;
}

/** @throws Error with what swarmkit says of it (manager/constraint). */
export function parseConstraints(expressions: readonly string[]): readonly Constraint[] {
  return expressions.map((expression) => {
    const operator = ['==', '!='].find((word) => expression.includes(word));
    if (operator === undefined) throw new Error('constraint expected one operator from ==, !=');
    const at = expression.indexOf(operator);
    const key = expression.slice(0, at).trim();
    const value = expression.slice(at + 2).trim();
    if (!/^[a-z_][a-z0-9\-_.]+$/i.test(key)) throw new Error(`key '${key}' is invalid`);
    if (!/^[a-z0-9:\-_\s.*()?+[\]\\^$|/]+$/i.test(value)) throw new Error(`value '${value}' is invalid`);
    return { key, isEqual: operator === '==', value };
  });
}

/** Which nodes a service's tasks may be on. A constraint that can't be read is met by every node. */
export function constraintsMet(expressions: readonly string[] | null | undefined, node: SwarmNode): boolean {
  if (!expressions || expressions.length === 0) return true;
  try {
    return parseConstraints(expressions).every((constraint) => isMet(constraint, node));
  } catch {
    return true;
  }
}

function isMet({ key, isEqual, value }: Constraint, node: SwarmNode): boolean {
  if (key.toLowerCase() === 'node.ip') return isAddressMet(value, isEqual, node.Status.Addr);
  const actual = actualValue(key, node);
  if (actual === undefined) return false;
  return (actual.toLowerCase() === value.toLowerCase()) === isEqual;
}

/** Labels keep their case, the rest doesn't matter. */
function actualValue(key: string, node: SwarmNode): string | undefined {
  const lower = key.toLowerCase();
  if (lower.startsWith('node.labels.')) return node.Spec.Labels[key.slice('node.labels.'.length)] ?? '';
  if (lower.startsWith('engine.labels.')) return node.EngineLabels[key.slice('engine.labels.'.length)] ?? '';
  switch (lower) {
    case 'node.id':
      return node.ID;
    case 'node.hostname':
      return node.Hostname;
    case 'node.role':
      return node.Spec.Role;
    case 'node.platform.os':
      return node.Platform.OS;
    case 'node.platform.arch':
      return node.Platform.Architecture;
    default:
      return undefined;
  }
}

function isAddressMet(value: string, isEqual: boolean, address: string): boolean {
  if (isIP(value) !== 0) return (value === address) === isEqual;
  const [net = '', bits = ''] = value.split('/');
  if (isIP(net) === 0 || !/^\d+$/.test(bits) || isIP(address) !== isIP(net)) return false;
  const family = isIP(net) === 4 ? 'ipv4' : 'ipv6';
  const subnet = new BlockList();
  subnet.addSubnet(net, Number(bits), family);
  return subnet.check(address, family) === isEqual;
}
