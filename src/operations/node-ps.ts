import { z } from 'zod';
import { nodeName } from '../swarm/node-name.ts';
import type { Answer } from './answer.ts';
import { namedNodes, touchedNodes } from './named-nodes.ts';
import { nodeButtons } from './node-buttons.ts';
import { read } from './operation.ts';
import { referenceArguments } from './reference-arguments.ts';
import { showTasks, taskFilterKeys, taskFlags, taskFlagsInput } from './task-listing.ts';

const words = ['node', 'ps'];

/**
 * What a node is there for is its tasks: whoever may list them is shown all of them, whosever service they are. To
 * keep a service's tasks from somebody, don't grant them `node.ps`.
 */
export const nodePs = read({
  name: 'node.ps',
  words,
  shortForms: [],
  summary: 'List the tasks on nodes, by default on the one that Shipmate talks to',
  arguments: '[NODE...]',
  flags: taskFlags,
  example: 'node ps node1',
  input: z.object({
    args: referenceArguments({ command: 'node ps', noun: 'node', least: 0 }),
    flags: taskFlagsInput('node ps', taskFilterKeys),
  }),

  targets: ({ args }, tools) => touchedNodes(orSelf(args), tools),

  async run(line, tools): Promise<Answer> {
    const { nodes, notes } = await namedNodes(orSelf(line.args), tools);
    if (nodes.length === 0) return notes;
    const { filter = {}, 'no-trunc': whole = false } = line.flags;
    const shown = await showTasks(
      {
        words,
        line,
        whose: `on ${nodes.map(nodeName).join(', ')} in ${tools.engine.cluster}`,
        filters: { ...filter, node: nodes.map(({ ID }) => ID) },
        whole,
      },
      tools,
    );
    const buttons = [...shown.buttons, ...(await nodeButtons(nodes, tools))];
    return [...shown.parts, ...notes, { kind: 'buttons', buttons }];
  },
});

function orSelf(references: readonly string[]): readonly string[] {
  return references.length === 0 ? ['self'] : references;
}
