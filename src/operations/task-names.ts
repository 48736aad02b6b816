import { type Engine, EngineFailure } from '../engine/engine.ts';
import { taskNodeName } from '../swarm/node-name.ts';
import type { Service } from '../swarm/service.ts';
import type { TaskNames } from '../swarm/task-rows.ts';
import type { Answer } from './answer.ts';

/** Names for the ids that tasks hold, and what has to be said when they could not be read. */
export interface NamesFound {
  readonly names: TaskNames;
  readonly notes: Answer;
}

/** With `--no-resolve` ids stay ids. */
export const noNames: NamesFound = { names: { services: new Map(), nodes: new Map() }, notes: [] };

/**
 * Looks up what tasks refer to; services only where the caller doesn't know them already. A list of tasks is worth
 * showing without names, so a refusal becomes a note.
 */
export async function taskNames(
  engine: Engine,
  signal: AbortSignal,
  known?: readonly Service[],
): Promise<NamesFound> {
  const [services, nodes] = await Promise.all([
    look('services', signal, async () =>
      (known ?? (await engine.services({}, { signal }))).map(({ ID, Spec }) => [ID, Spec.Name]),
    ),
    look('nodes', signal, async () =>
      (await engine.nodes({}, { signal })).map((node) => [node.ID, taskNodeName(node)]),
    ),
  ]);
  return {
    names: { services: services.names, nodes: nodes.names },
    notes: [...services.notes, ...nodes.notes],
  };
}

async function look(
  what: string,
  signal: AbortSignal,
  names: () => Promise<readonly (readonly [id: string, name: string])[]>,
): Promise<{ readonly names: ReadonlyMap<string, string>; readonly notes: Answer }> {
  try {
    return { names: new Map(await names()), notes: [] };
  } catch (error) {
    if (!(error instanceof EngineFailure) || signal.aborted) throw error;
    const text = `The names of ${what} could not be read, so ids stand in their place: ${error.message}`;
    return { names: new Map(), notes: [{ kind: 'note', text: [text] }] };
  }
}
