import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ServiceSpec } from './service.ts';

/**
 * Everything that a spec sets, each under its path in the Engine API: `TaskTemplate.ContainerSpec.Image`. What is a set in
 * all but form has an entry for each member: `TaskTemplate.ContainerSpec.Env LOG_LEVEL`, with `LOG_LEVEL=debug` as its value.
 */
export type SpecSettings = ReadonlyMap<string, unknown>;

/** A setting that two specs differ in; undefined on the side that doesn't have it. */
export interface SpecChange {
  /** As in `SpecSettings`. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** The Engine API's lists of which each member stands for itself, and by what a member is known. */
const sets: ReadonlyMap<string, (member: string) => string> = new Map([
  ['TaskTemplate.ContainerSpec.Env', (variable) => variable.split('=', 1).join()],
  ['TaskTemplate.Placement.Constraints', (constraint) => constraint],
]);

/** Its maps whose keys are the users' own. */
const labels = new Set(['Labels', 'TaskTemplate.ContainerSpec.Labels']);

export function specSettings(spec: ServiceSpec): SpecSettings {
  return new Map(settingsIn(spec, ''));
}

function settingsIn(value: unknown, path: string): readonly (readonly [string, unknown])[] {
  const keyOf = sets.get(path);
  if (keyOf !== undefined && Array.isArray(value)) {
    return value
      .filter((member) => typeof member === 'string')
      .map((member) => [`${path} ${keyOf(member)}`, member]);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, field]: [string, unknown]) =>
    labels.has(path)
      ? [[`${path} ${key}`, `${key}=${String(field)}`] as const]
      : settingsIn(field, path === '' ? key : `${path}.${key}`),
  );
}

/** What differs between two specs, in the order of the first, then of the second. */
export function specChanges(before: ServiceSpec, after: ServiceSpec): readonly SpecChange[] {
  const [from, to] = [specSettings(before), specSettings(after)];
  return [...new Set([...from.keys(), ...to.keys()])]
    .map((path) => ({ path, before: from.get(path), after: to.get(path) }))
    .filter((change) => !isSame(change.before, change.after));
}

/** Does a spec hold all that the changes lead to? */
export function holdsAfter(spec: ServiceSpec, changes: readonly SpecChange[]): boolean {
  const now = specSettings(spec);
  return changes.every(({ path, after }) => isSame(now.get(path), after));
}

/** The changes of which a spec holds neither side: somebody else changed the same. */
export function movedSettings(spec: ServiceSpec, changes: readonly SpecChange[]): readonly SpecChange[] {
  const now = specSettings(spec);
  return changes
    .filter(({ path, before, after }) => !isSame(now.get(path), before) && !isSame(now.get(path), after))
    .map((change) => ({ ...change, after: now.get(change.path) }));
}

/** The same for the same changes, whatever order they are in; the values can't be read from it. */
export function fingerprint(changes: readonly SpecChange[]): string {
  const told = changes.map(({ path, before, after }) => JSON.stringify([path, held(before), held(after)]));
  return createHash('sha256').update(JSON.stringify(told.toSorted())).digest('base64url');
}

function held(value: unknown): unknown {
  return isNothing(value) ? null : value;
}

/** The engine leaves out of its answers what is zero, empty or false. */
function isSame(left: unknown, right: unknown): boolean {
  return isDeepStrictEqual(left, right) || (isNothing(left) && isNothing(right));
}

function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === 0 ||
    value === '' ||
    value === false ||
    isEmptyList(value)
  );
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
