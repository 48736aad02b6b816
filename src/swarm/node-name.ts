import type { Node } from './node.ts';

/** What people call a node: its host name, and its id only when it has none. */
export function nodeName({ ID, Description }: Pick<Node, 'ID' | 'Description'>): string {
  return Description.Hostname || ID;
}

/** What the docker CLI calls the node of a task: a name given by hand comes before the host's. */
export function taskNodeName(node: Pick<Node, 'ID' | 'Description' | 'Spec'>): string {
  return node.Spec.Name || nodeName(node);
}
