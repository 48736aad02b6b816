import { hostname } from 'node:os';
import { nodeTarget } from '../swarm/node-target.ts';
import { applyNodeUpdate } from './apply-node-update.ts';
import { nodeUpdateFlags, nodeUpdateInput } from './node-update-input.ts';
import { change } from './operation.ts';
import { realPace } from './pace.ts';
import { planNodeUpdate } from './plan-node-update.ts';

/** Milliseconds in which a drain has to come to its end before it is told as failed. */
const patience = 5 * 60_000;

export const nodeUpdate = change({
  name: 'node.update',
  words: ['node', 'update'],
  shortForms: [
    {
      words: ['drain'],
      arguments: 'NODE',
      example: 'drain node3',
      expand: (args) => ['--availability', 'drain', ...args],
    },
    {
      words: ['activate'],
      arguments: 'NODE',
      example: 'activate node3',
      expand: (args) => ['--availability', 'active', ...args],
    },
  ],
  summary:
    'Drain, pause or activate a node, or change its labels, and follow a drain until the node is empty',
  arguments: 'NODE',
  flags: nodeUpdateFlags,
  example: 'node update --availability drain node3',
  input: nodeUpdateInput,

  async targets({ reference }, { engine, signal }) {
    const node = await engine.node(reference, { signal });
    return { kind: 'some', targets: [nodeTarget(engine.cluster, node)] };
  },

  plan: (update, tools) => planNodeUpdate(update, tools, hostname()),

  apply: (plan, tools) => applyNodeUpdate(plan, { ...tools, ...realPace(tools.now), patience }),
});
