import { nodeName } from './node-name.ts';
import type { Node } from './node.ts';
import type { Target } from './target.ts';

/** A node as something that may or may not be touched: by its host name. */
export function nodeTarget(cluster: string, node: Pick<Node, 'ID' | 'Description'>): Target {
  return { kind: 'node', cluster, name: nodeName(node) };
}
