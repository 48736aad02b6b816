import { EngineFailure } from '../engine/engine.ts';
import { drainImpact } from '../swarm/drain-impact.ts';
import { nodeName } from '../swarm/node-name.ts';
import type { Node } from '../swarm/node.ts';
import type { Button } from './answer.ts';
import { commandWords } from './command-words.ts';
import { drainInBrief } from './drain-preview.ts';
import type { ReadTools } from './operation.ts';

type Tools = Pick<ReadTools, 'engine' | 'signal' | 'may' | 'operations'>;

/** Buttons that drain or activate the one node an answer is about; none when the asker may not. */
export async function nodeButtons(nodes: readonly Node[], tools: Tools): Promise<readonly Button[]> {
  const [node, ...others] = nodes;
  const update = tools.operations.find(({ name }) => name === 'node.update');
  if (node === undefined || others.length > 0) return [];
  if (update === undefined || !tools.may(update)) return [];
  const { cluster } = tools.engine;
  const name = nodeName(node);
  if (node.Spec.Availability === 'drain') return [nodeChangeButton(cluster, name, 'active')];
  const drain = nodeChangeButton(cluster, name, 'drain', await impactInBrief(node, tools));
  return node.Spec.Availability === 'active' ? [drain] : [nodeChangeButton(cluster, name, 'active'), drain];
}

export function nodeTasksButton(cluster: string, name: string): Button {
  return {
    label: `Tasks on ${name}`,
    command: commandWords(cluster, ['node', 'ps'], { args: [name], flags: {} }),
  };
}

export function nodeChangeButton(
  cluster: string,
  name: string,
  availability: 'active' | 'drain',
  more = '',
): Button {
  const command = commandWords(cluster, ['node', 'update'], { args: [name], flags: { availability } });
  switch (availability) {
    case 'active':
      return {
        label: `Activate ${name}`,
        command,
        confirm: {
          title: `Activate ${name}?`,
          text: `${name} in ${cluster} takes tasks again. What runs elsewhere stays there.`,
          ok: 'Activate',
        },
      };
    case 'drain':
      return {
        label: `Drain ${name}…`,
        command,
        style: 'danger',
        confirm: {
          title: `Drain ${name}?`,
          text: `What runs on ${name} in ${cluster} is stopped there and started elsewhere. ${more}`.trim(),
          ok: 'Drain',
        },
      };
  }
}

/** A dialog without a forecast is better than none: what the engine refuses to tell is said to be unknown. */
async function impactInBrief(node: Node, { engine, signal }: Tools): Promise<string> {
  try {
    const [services, tasks, nodes] = await Promise.all([
      engine.services({}, { signal }),
      engine.tasks({}, { signal }),
      engine.nodes({}, { signal }),
    ]);
    return drainInBrief(drainImpact(node, { services, tasks, nodes }));
  } catch (error) {
    if (!(error instanceof EngineFailure) || signal.aborted) throw error;
    return 'What that means for its tasks could not be read.';
  }
}
