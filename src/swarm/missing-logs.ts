import { taskNodeName } from './node-name.ts';
import type { Node } from './node.ts';
import type { Task } from './task.ts';

export interface LogsHeard {
  /** What the engine said to be missing, in its own words. */
  readonly gaps: readonly string[];
  /** Ids of the nodes that lines came from. */
  readonly nodesHeard: ReadonlySet<string>;
  /** The log had not ended when its time was up. */
  readonly outOfTime: boolean;
}

/** Tasks that are named in one sentence. */
const mostNamed = 5;

/**
 * What is missing in a service's log, each as a sentence that names the node. Swarm forgets nothing of a node that is
 * down but what it wrote: that is on the node alone.
 */
export function missingLogs(
  service: string,
  tasks: readonly Task[],
  nodes: readonly Node[],
  { gaps, nodesHeard, outOfTime }: LogsHeard,
): readonly string[] {
  const reasons = gaps.flatMap(reasonsOf);
  const said = new Map(reasons.flatMap((reason) => aboutNode(reason)));
  const byNode = Map.groupBy(
    tasks.filter(({ NodeID }) => NodeID),
    ({ NodeID }) => NodeID ?? '',
  );
  const nodeSentences = [...byNode].flatMap(([id, theirs]) => {
    const why = whyMissing(
      nodes.find(({ ID }) => ID === id),
      said.get(id),
      nodesHeard.has(id),
      outOfTime,
    );
    return why === undefined ? [] : [`${nodeCalled(id, nodes)} ${why}: ${linesOf(service, theirs)}`];
  });
  const others = reasons
    .filter((reason) => aboutNode(reason).every(([id]) => !byNode.has(id)))
    .map((reason) => `The engine says: ${named(reason, service, tasks, nodes)}.`);
  return [...nodeSentences, ...new Set(others)];
}

/** `…reasons: node X is not available, task Y has not been scheduled`. Source: swarmkit manager/logbroker/subscription.go */
function reasonsOf(gap: string): readonly string[] {
  const listed = /following reasons: ([^]+)$/.exec(gap)?.[1];
  return listed === undefined ? [gap] : listed.split(', ').map((reason) => reason.trim());
}

function aboutNode(reason: string): readonly (readonly [id: string, words: string])[] {
  const [, id, words] = /^node ([a-z0-9]{25}) ([^]+)$/.exec(reason) ?? [];
  return id === undefined || words === undefined ? [] : [[id, words]];
}

function whyMissing(
  node: Node | undefined,
  said: string | undefined,
  isHeard: boolean,
  outOfTime: boolean,
): string | undefined {
  if (said !== undefined) return node?.Status.State === 'down' ? 'is down' : said;
  if (isHeard) return undefined;
  if (node !== undefined && node.Status.State !== 'ready') return `is ${node.Status.State}`;
  if (!outOfTime) return undefined;
  return node === undefined ? 'isn’t known to the Swarm any more' : 'sent nothing in time';
}

function linesOf(service: string, tasks: readonly Task[]): string {
  const names = [...new Set(tasks.map(({ Slot }) => (Slot ? `${service}.${Slot}` : service)))];
  const left = names.length - mostNamed;
  const shown = names.slice(0, mostNamed).join(', ');
  return `what ${shown}${left > 0 ? ` and ${left} more` : ''} wrote there is missing.`;
}

function nodeCalled(id: string, nodes: readonly Node[]): string {
  const node = nodes.find(({ ID }) => ID === id);
  return node === undefined ? `The node ${id}` : taskNodeName(node);
}

function named(reason: string, service: string, tasks: readonly Task[], nodes: readonly Node[]): string {
  return reason.replaceAll(/\b[a-z0-9]{25}\b/g, (id) => {
    const node = nodes.find(({ ID }) => ID === id);
    if (node !== undefined) return taskNodeName(node);
    const task = tasks.find(({ ID }) => ID === id);
    return task?.Slot ? `${service}.${task.Slot}` : id;
  });
}
