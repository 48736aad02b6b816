import { EngineFailure } from '../engine/engine.ts';
import { Failure } from '../swarm/failure.ts';
import type { Node } from '../swarm/node.ts';
import { holdsNodeChange, nodeSpecWords, withNodeChange } from '../swarm/node-change.ts';
import { nodeTarget } from '../swarm/node-target.ts';
import { drainFate } from '../swarm/drain-impact.ts';
import type { Drained } from '../swarm/drain-progress.ts';
import type { Service } from '../swarm/service.ts';
import { isOnNode } from '../swarm/task-on-node.ts';
import { isMeantToStop } from '../swarm/task-state.ts';
import type { Task } from '../swarm/task.ts';
import { followDrain } from './follow-drain.ts';
import { drainOutcome, drainProgress } from './drain-outcome.ts';
import { nodeUpdateOutcome } from './node-update-outcome.ts';
import type { ApplyTools, Outcome } from './operation.ts';
import type { Pace } from './pace.ts';
import type { NodeUpdatePlan } from './plan-node-update.ts';
import { writeNode } from './write-node.ts';

export interface NodeUpdateTools extends ApplyTools, Pace {
  /** Milliseconds in which a drain has to come to its end. */
  readonly patience: number;
}

/**
 * Changes a node, and follows a drain until nothing runs there any more and what moved runs elsewhere.
 * @throws Failure when nothing was written; what the signal aborts with.
 */
export async function applyNodeUpdate(plan: NodeUpdatePlan, tools: NodeUpdateTools): Promise<Outcome> {
  const { engine, now, stillAllowed } = tools;
  const { id, name, change } = plan;
  const at = now();
  const before = change.availability === 'drain' ? await readForDrain(tools) : undefined;
  const written = await writeNode(
    {
      id,
      name,
      stands: (spec) => holdsNodeChange(spec, change),
      describe: (spec) => nodeSpecWords(spec, change),
      change: (spec) => withNodeChange(spec, change),
      check(node) {
        if (stillAllowed(nodeTarget(engine.cluster, node))) return;
        throw new Failure('denied', `${name} changed, and with it who may update it: it was left as it is.`);
      },
    },
    tools,
  );
  const { Spec } = written.kind === 'written' ? written.before : written.now;
  if (before === undefined) {
    return nodeUpdateOutcome(plan, { before: Spec, now: await afterwards(plan, tools) }, engine.cluster);
  }
  const drained = drainedFrom(id, before, Spec.Availability === 'drain', at + tools.patience);
  const end = await followDrain(name, drained, {
    ...tools,
    report: (progress) => tools.report(drainProgress(plan, drained, progress)),
  });
  return drainOutcome(plan, drained, { before: Spec, end, took: now() - at }, engine.cluster);
}

/** How long, in milliseconds, a node may be anything but ready after it was asked to take tasks. */
const readyWithin = 10_000;

/** The node as it is then: a new leader of the Swarm hears from its nodes one after the other. */
async function afterwards(
  { id, change }: NodeUpdatePlan,
  { engine, signal, now, pause }: NodeUpdateTools,
): Promise<Node | EngineFailure> {
  const until = now() + readyWithin;
  for (;;) {
    try {
      const node = await engine.node(id, { signal });
      const waits = change.availability === 'active' && holdsNodeChange(node.Spec, change);
      if (!waits || node.Status.State === 'ready' || now() >= until) return node;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof EngineFailure)) throw error;
      if (error.reason === 'not-found' || now() >= until) return error;
    }
    await pause(500, signal);
  }
}

interface BeforeDrain {
  readonly tasks: readonly Task[];
  readonly services: readonly Service[];
}

async function readForDrain({ engine, signal }: NodeUpdateTools): Promise<BeforeDrain> {
  const [tasks, services] = await Promise.all([
    engine.tasks({}, { signal }),
    engine.services({}, { signal }),
  ]);
  return { tasks, services };
}

/** @param wasDrained then what is meant to stop there is what moves, and its successors are there already */
function drainedFrom(
  nodeId: string,
  { tasks, services }: BeforeDrain,
  wasDrained: boolean,
  deadline: number,
): Drained {
  const here = tasks.filter((task) => isOnNode(task, nodeId));
  const movable = new Set(services.filter((service) => drainFate(service) === 'moves').map(({ ID }) => ID));
  const moving = here.filter(
    ({ ServiceID, DesiredState }) =>
      movable.has(ServiceID ?? '') && (wasDrained || !isMeantToStop(DesiredState)),
  );
  const known = tasks.filter(({ DesiredState }) => !wasDrained || isMeantToStop(DesiredState));
  return { nodeId, tasks: here, moving, known: new Set(known.map(({ ID }) => ID)), deadline };
}
