import type { Target } from '../swarm/target.ts';
import { matchesWildcard } from '../swarm/wildcard.ts';
import type { AccessRequest, Deny, Grant, Person, Policy, Scope } from './policy.ts';
import { closes, covers, mayCover, parseTargetPattern, reaches } from './target-pattern.ts';

/** What a rule is held against: one target, a cluster whose targets aren't known yet, or nothing at all. */
export type Touched =
  | { readonly kind: 'target'; readonly target: Target }
  | { readonly kind: 'some of'; readonly cluster: string }
  | { readonly kind: 'nothing' };

/** The rules are held against each of these on its own; there is always one at least. */
export function touchedBy(scope: Scope): readonly Touched[] {
  if (scope.kind !== 'some') return [{ kind: 'some of', cluster: scope.cluster }];
  if (scope.targets.length === 0) return [{ kind: 'nothing' }];
  return scope.targets.map((target) => ({ kind: 'target', target }));
}

type Place = Pick<AccessRequest, 'operation' | 'channel'>;

/** Whoever the grant is to: does it allow this operation here, to this? */
export function grantCovers(policy: Policy, grant: Grant, place: Place, touched: Touched): boolean {
  if (!includesOrAbsent(grant.in, place.channel)) return false;
  if (!roleAllows(policy.roles, grant.role, place.operation)) return false;
  if (touched.kind === 'nothing') return false;
  if (grant.on === undefined) return true;
  return grant.on
    .map(parseTargetPattern)
    .some((pattern) =>
      touched.kind === 'target' ? covers(pattern, touched.target) : reaches(pattern, touched.cluster),
    );
}

/** Whomever the rule is for: does it deny this operation here, to this? */
export function denyCovers(deny: Deny, place: Place, touched: Touched): boolean {
  if (!includesOrAbsent(deny.in, place.channel)) return false;
  if (!deny.operations.some((pattern) => matchesWildcard(pattern, place.operation))) return false;
  if (deny.on === undefined) return true;
  if (touched.kind === 'nothing') return false;
  const cluster = touched.kind === 'target' ? touched.target.cluster : touched.cluster;
  return deny.on
    .map(parseTargetPattern)
    .some(
      (pattern) =>
        closes(pattern, cluster) || (touched.kind === 'target' && mayCover(pattern, touched.target)),
    );
}

/** Is a rule `to` these ids for this person? */
export function isTo(to: readonly string[], person: Pick<Person, 'id' | 'groups'>): boolean {
  return to.some((id) => id === 'everyone' || id === person.id || person.groups.includes(id));
}

/** Does the role, or one that it includes, allow the operation? Roles that include each other are no harm. */
function roleAllows(roles: Policy['roles'], role: string, operation: string): boolean {
  const open = [role];
  const seen = new Set<string>();
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    // A role may be called what every object has: `constructor`.
    const found = Object.hasOwn(roles, name) ? roles[name] : undefined;
    if (found === undefined || seen.has(name)) continue;
    seen.add(name);
    if (found.allow.some((pattern) => matchesWildcard(pattern, operation))) return true;
    open.push(...found.includes);
  }
  return false;
}

function includesOrAbsent(list: readonly string[] | undefined, item: string): boolean {
  return list === undefined || list.includes(item);
}
