import type { Filters } from '../engine/engine.ts';
import { nodeTarget } from '../swarm/node-target.ts';
import type { Node } from '../swarm/node.ts';
import type { Answer } from './answer.ts';
import { hiddenNote } from './listing.ts';
import type { ReadTools, Touches } from './operation.ts';
import { missingNotes, resolveReferences } from './resolve-references.ts';

type Look = Pick<ReadTools, 'engine' | 'signal'>;

/** What a command line that names nodes touches. @throws EngineFailure when none of them is there. */
export async function touchedNodes(references: readonly string[], tools: Look): Promise<Touches> {
  const { found } = await look(references, tools);
  return { kind: 'some', targets: found.map((node) => nodeTarget(tools.engine.cluster, node)) };
}

/** The nodes that a command line names (`self` among them), and notes on those that are missing. */
export async function namedNodes(
  references: readonly string[],
  tools: Look & Pick<ReadTools, 'visible'>,
): Promise<{ readonly nodes: readonly Node[]; readonly notes: Answer }> {
  const { found, missing } = await look(references, tools);
  const nodes = found.filter((node) => tools.visible(nodeTarget(tools.engine.cluster, node)));
  return { nodes, notes: [...missingNotes(missing), ...hiddenNote('node', found.length - nodes.length)] };
}

/** Turns the nodes of a filter into ids, `self` among them. @throws EngineFailure when one of them isn't there. */
export async function resolveNodeFilter(
  { node: references, ...others }: Filters,
  { engine, signal }: Look,
): Promise<Filters> {
  if (references === undefined) return others;
  const nodes = await Promise.all(references.map((reference) => engine.node(reference, { signal })));
  return { ...others, node: nodes.map(({ ID }) => ID) };
}

function look(references: readonly string[], { engine, signal }: Look) {
  return resolveReferences(references, (reference) => engine.node(reference, { signal }));
}
