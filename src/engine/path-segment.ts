import { EngineFailure } from './engine.ts';

/**
 * A reference as a part of a path. Nothing, dots alone and anything with a slash are nobody's names, and an engine would
 * take them for another path, or redirect to one.
 */
export function pathSegment(kind: 'service' | 'node' | 'task', reference: string, cluster: string): string {
  const name = reference.toWellFormed();
  if (/^\.{0,2}$|\//.test(name)) {
    throw new EngineFailure('not-found', 'not-found', `There is no ${kind} "${name}" in ${cluster}.`);
  }
  return encodeURIComponent(name);
}
