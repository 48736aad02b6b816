import { EngineFailure } from '../engine/engine.ts';
import { deadline } from '../swarm/deadline.ts';
import { nearest } from '../swarm/nearest.ts';
import { nodeTarget } from '../swarm/node-target.ts';
import { serviceTarget } from '../swarm/service-target.ts';
import type { Target } from '../swarm/target.ts';
import type { RequestContext } from './context.ts';

/** A hint isn't worth more waiting. Milliseconds. */
const patience = 2_000;

/**
 * Adds to a failure about a service or node that isn't there the name that was most likely meant, of those that the same
 * command may be used on: what somebody may not touch isn't hinted at.
 * @returns the error as it came where there is nothing to add.
 */
export async function withSuggestion(error: unknown, context: RequestContext): Promise<unknown> {
  if (!(error instanceof EngineFailure) || error.absent === undefined) return error;
  const { access, operation, tools } = context;
  using end = deadline(patience, tools.stopping);
  const targets = await candidates(error.absent.kind, context, end.signal);
  const allowed = targets.filter((target) => access.toTargets(operation, [target]).allowed);
  const names = allowed.flatMap((target) => (target.kind === 'cluster' ? [] : [target.name]));
  const meant = nearest(error.absent.reference, names);
  if (meant === undefined) return error;
  return new EngineFailure(error.kind, error.reason, `${error.message} Did you mean "${meant}"?`, {
    cause: error,
  });
}

/** None when the engine doesn't say: the failure itself matters more. */
async function candidates(
  kind: string,
  { engine, cluster, request, tools }: RequestContext,
  signal: AbortSignal,
): Promise<readonly Target[]> {
  try {
    if (kind === 'service') {
      return (await engine.services({}, { signal })).map((service) => serviceTarget(cluster, service));
    }
    return kind === 'node'
      ? (await engine.nodes({}, { signal })).map((node) => nodeTarget(cluster, node))
      : [];
  } catch (error) {
    tools.log.info({ error, request: request.id }, 'no name could be suggested');
    return [];
  }
}
