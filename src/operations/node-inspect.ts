import { z } from 'zod';
import { maskNode } from '../swarm/mask-node.ts';
import { nodeName } from '../swarm/node-name.ts';
import { nodePretty } from '../swarm/node-pretty.ts';
import type { Answer } from './answer.ts';
import { commandWords } from './command-words.ts';
import { inspectFlags, inspectFlagsInput, inspectJson } from './inspect-flags.ts';
import { namedNodes, touchedNodes } from './named-nodes.ts';
import { nodeButtons } from './node-buttons.ts';
import { read } from './operation.ts';
import { referenceArguments } from './reference-arguments.ts';

const words = ['node', 'inspect'];

export const nodeInspect = read({
  name: 'node.inspect',
  words,
  shortForms: [],
  summary: 'Show everything of nodes',
  arguments: 'self|NODE [NODE...]',
  flags: inspectFlags,
  example: 'node inspect --pretty node1',
  input: z.object({
    args: referenceArguments({ command: 'node inspect', noun: 'node', least: 1 }),
    flags: inspectFlagsInput,
  }),

  targets: ({ args }, tools) => touchedNodes(args, tools),

  async run(line, tools): Promise<Answer> {
    const { cluster } = tools.engine;
    const { nodes, notes } = await namedNodes(line.args, tools);
    if (nodes.length === 0) return notes;
    const { pretty, format } = line.flags;
    const masked = nodes.map(maskNode);
    return [
      { kind: 'heading', text: `${nodes.map(nodeName).join(', ')} in ${cluster}` },
      {
        kind: 'code',
        text: pretty === true ? masked.map(nodePretty).join('\n\n') : inspectJson(masked, format),
      },
      ...notes,
      {
        kind: 'buttons',
        buttons: [
          { label: 'Refresh', command: commandWords(cluster, words, line) },
          ...(await nodeButtons(nodes, tools)),
        ],
      },
    ];
  },
});
