import { nodeName } from './node-name.ts';
import type { Node } from './node.ts';
import { isOnNode } from './task-on-node.ts';
import type { Task } from './task.ts';

/** Who Shipmate is, seen from the Swarm. */
export interface Self {
  /** The node of the engine that it talks to, where known. */
  readonly nodeId: string | undefined;
  /** Its own host name: in a container, the beginning of the container's id unless it was given another. */
  readonly hostname: string;
}

/** What a drain of this node brings with it besides what happens to its tasks, each as whole sentences. */
export function drainWarnings(
  node: Node,
  nodes: readonly Node[],
  tasks: readonly Task[],
  self: Self,
): readonly string[] {
  return [...managerWarning(node, nodes), ...selfWarning(node, tasks, self)];
}

function managerWarning(node: Node, nodes: readonly Node[]): readonly string[] {
  if (node.Spec.Role !== 'manager') return [];
  const name = nodeName(node);
  const others = nodes.filter(({ ID, Spec }) => ID !== node.ID && Spec.Role === 'manager');
  const which = others.length === 0 ? 'the Swarm’s only manager' : 'a manager';
  return [
    `${name} is ${which}, and stays that: a drain takes its tasks away, not its role. ` +
      (others.length === 0
        ? 'Before its engine is stopped, promote another node, or nothing can be changed any more.'
        : 'Before its engine is stopped, see that enough other managers are left.'),
  ];
}

function selfWarning(node: Node, tasks: readonly Task[], { nodeId, hostname }: Self): readonly string[] {
  const name = nodeName(node);
  const own = tasks.some(
    (task) =>
      isOnNode(task, node.ID) &&
      /^[0-9a-f]{12,64}$/.test(hostname) &&
      task.Status.ContainerStatus?.ContainerID?.startsWith(hostname),
  );
  if (own) {
    return [
      `Shipmate itself runs on ${name}: it is stopped in the middle of this and started elsewhere, and can’t tell here how it ended.`,
    ];
  }
  return node.ID === nodeId
    ? [`${name} is the node whose engine Shipmate talks to; that goes on while it is drained.`]
    : [];
}
