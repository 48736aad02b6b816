import type { Touches } from '../operations/operation.ts';
import type { Decision } from '../policy/policy.ts';
import type { RequestContext } from './context.ts';

/** The decision on what a command turned out to touch. */
export function decideTouches(
  { access, operation, cluster }: Pick<RequestContext, 'access' | 'operation' | 'cluster'>,
  touches: Touches,
): Decision {
  return touches.kind === 'list'
    ? access.toList(operation, cluster)
    : access.toTargets(operation, touches.targets);
}
