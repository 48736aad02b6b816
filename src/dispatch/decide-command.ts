import type { Verdict } from '../operations/operation.ts';
import type { RequestContext } from './context.ts';
import { decideTouches } from './decide-touches.ts';
import { parseCommand } from './parse-command.ts';

/**
 * What the policy says to a command line that isn't run: it goes as far as resolving what it would touch.
 * @throws Failure when the line is wrong, or what it names isn't there.
 */
export async function decideCommand(
  context: RequestContext,
  asked: readonly string[],
  signal: AbortSignal,
): Promise<Verdict> {
  const parsed = parseCommand(context.tools.operations, asked);
  const cluster = parsed.cluster ?? context.cluster;
  const engine = context.tools.engines.get(cluster);
  const possible = context.access.toAnything(parsed.operation, cluster);
  if (!possible.allowed) return possible;
  const touches = await parsed.prepare().targets({ engine, signal });
  return decideTouches({ access: context.access, operation: parsed.operation, cluster }, touches);
}
