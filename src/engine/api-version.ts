/**
 * The oldest and the newest Engine API that Shipmate speaks: 1.41 (Docker 20.10) has `ServiceStatus` in lists and jobs;
 * up to 1.51 (Docker 28.5) every field of a spec has been seen to survive an update.
 */
export const oldestApi = '1.41';
export const newestApi = '1.51';

/**
 * The version to speak with an engine: the highest that both sides know. An older one would strip newer fields from
 * every spec that is written.
 * @param theirs what the engine's `Api-Version` header says: `1.41`
 * @returns undefined when the engine is too old, or when that is no version
 */
export function commonApiVersion(theirs: string): string | undefined {
  if (!/^\d+\.\d+$/.test(theirs) || compare(theirs, oldestApi) < 0) return undefined;
  return compare(theirs, newestApi) < 0 ? theirs : newestApi;
}

function compare(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA - majorB || minorA - minorB;
}
