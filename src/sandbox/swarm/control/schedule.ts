import type { Task } from '../objects.ts';
import type { World } from '../world.ts';
import { type Candidate, explainRefusals, mayRunOn } from './filters.ts';
import { failureWeight, type NodeUse } from './node-use.ts';

/** Places the tasks that wait for a node, as swarmkit's scheduler does. @returns those that found none. */
export function schedule(
  world: World,
  useOf: (nodeId: string) => NodeUse,
  waiting: Iterable<string>,
): ReadonlySet<string> {
  const unplaced = new Set<string>();
  /** What was found for one task holds for the next of its kind, until something is placed. */
  const hopeless = new Map<string, string>();
  for (const id of waiting) {
    const task = world.tasks.get(id);
    if (task === undefined || task.Status.State !== 'pending') continue;
    if (task.DesiredState === 'shutdown' || task.DesiredState === 'remove') continue;
    const kind = `${task.ServiceID}/${task.SpecVersion}/${task.NodeID}`;
    const known = hopeless.get(kind);
    if (known === undefined && place(world, useOf, task)) continue;
    unplaced.add(id);
    const reason = known ?? refusal(task, candidatesFor(world, useOf, task));
    hopeless.set(kind, reason);
    noteRefusal(world, task, reason);
  }
  return unplaced;
}

function place(world: World, useOf: (nodeId: string) => NodeUse, task: Task): boolean {
  const candidates = [...candidatesFor(world, useOf, task)].filter((candidate) => mayRunOn(task, candidate));
  const best = spreadOut(task, candidates, world.clock.now());
  if (best === undefined) return false;
  const Message =
    task.NodeID === ''
      ? 'scheduler assigned task to node'
      : 'scheduler confirmed task can run on preassigned node';
  world.tasks.update(task.ID, (old, meta) => ({
    ...old,
    ...meta,
    NodeID: best.node.ID,
    Status: { Timestamp: world.clock.now(), State: 'assigned', Message },
  }));
  return true;
}

function* candidatesFor(
  world: World,
  useOf: (nodeId: string) => NodeUse,
  task: Task,
): Generator<Candidate, void> {
  const preassigned = world.nodes.get(task.NodeID);
  const nodes = task.NodeID === '' ? world.nodes.values() : preassigned === undefined ? [] : [preassigned];
  for (const node of nodes) yield { node, use: useOf(node.ID) };
}

/** Goes down the placement preferences, each time to the value with the fewest tasks; then to the freest node. */
function spreadOut(task: Task, candidates: readonly Candidate[], now: number): Candidate | undefined {
  let left = candidates;
  const own = ({ use }: Candidate) => use.byService.get(task.ServiceID) ?? 0;
  for (const { Spread } of task.Spec.Placement?.Preferences ?? []) {
    if (!Spread) continue;
    const groups = [...Map.groupBy(left, ({ node }) => spreadValue(Spread.SpreadDescriptor, node)).values()];
    const weighed = groups.map((group) => ({ group, tasks: group.reduce((sum, one) => sum + own(one), 0) }));
    left = weighed.toSorted((one, other) => one.tasks - other.tasks)[0]?.group ?? [];
  }
  let best: Candidate | undefined;
  let bestWeights: readonly number[] = [];
  for (const candidate of left) {
    const weights = [failureWeight(candidate.use, task, now), own(candidate), candidate.use.active];
    if (best !== undefined && compareWeights(weights, bestWeights) >= 0) continue;
    best = candidate;
    bestWeights = weights;
  }
  return best;
}

function spreadValue(descriptor: string, node: Candidate['node']): string {
  const lower = descriptor.toLowerCase();
  if (lower.startsWith('node.labels.'))
    return node.Spec.Labels[descriptor.slice('node.labels.'.length)] ?? '';
  if (lower.startsWith('engine.labels.')) {
    return node.EngineLabels[descriptor.slice('engine.labels.'.length)] ?? '';
  }
  return '';
}

function compareWeights(one: readonly number[], other: readonly number[]): number {
  const differing = one.findIndex((weight, index) => weight !== other[index]);
  return differing < 0 ? 0 : (one[differing] ?? 0) - (other[differing] ?? 0);
}

function refusal(task: Task, candidates: Iterable<Candidate>): string {
  const why = explainRefusals(task, candidates);
  if (task.NodeID !== '') return why;
  return why === '' ? 'no suitable node' : `no suitable node (${why})`;
}

function noteRefusal(world: World, task: Task, Err: string): void {
  if (task.Status.Err === Err) return;
  world.tasks.update(task.ID, (old, meta) => ({
    ...old,
    ...meta,
    Status: { ...old.Status, Timestamp: world.clock.now(), Err },
  }));
}
