import type { Node } from '../swarm/node.ts';
import type { WriteTools } from './write-service.ts';
import { type SpecWrite, type WrittenSpec, writeSpec } from './write-spec.ts';

/** One change to a node's spec. */
export interface NodeWrite extends SpecWrite<Node> {
  readonly id: string;
}

/**
 * Changes a node's spec, and nothing else of it, as `writeSpec` does. The Swarm keeps no previous spec of a node: a change
 * that no answer came to, and that somebody took back at once, is made again.
 */
export function writeNode(write: NodeWrite, tools: WriteTools): Promise<WrittenSpec<Node>> {
  const { engine, signal } = tools;
  return writeSpec(
    write,
    {
      read: () => engine.node(write.id, { signal }),
      async send(update) {
        await engine.updateNode(update, { signal });
        return [];
      },
      previous: () => undefined,
    },
    tools,
  );
}
