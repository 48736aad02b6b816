import type { AccessRequest, Policy } from './policy.ts';
import { denyCovers, grantCovers, touchedBy, type Touched } from './rules.ts';

/**
 * Who is granted what is asked for, all of it, in this channel: user ids, user-group ids or `everyone`, in the order of
 * the grants. Members of groups aren't known here, so one who is denied by name may still be in a group that is named.
 */
export function whoMay(policy: Policy, request: AccessRequest): readonly string[] {
  const all = touchedBy(request.targets);
  const denied = new Set(
    policy.deny
      .filter((deny) => all.some((touched) => denyCovers(deny, request, touched)))
      .flatMap((deny) => deny.to ?? ['everyone']),
  );
  if (denied.has('everyone')) return [];
  const [first = [], ...rest] = all.map((touched) => grantedTo(policy, request, touched));
  return rest
    .reduce((ids, more) => meet(ids, more), first)
    .filter((id) => !denied.has(id) && id !== request.person.id);
}

function grantedTo(policy: Policy, request: AccessRequest, touched: Touched): readonly string[] {
  const covering = policy.grants.filter((grant) => grantCovers(policy, grant, request, touched));
  return [...new Set(covering.flatMap((grant) => grant.to))];
}

function meet(some: readonly string[], others: readonly string[]): readonly string[] {
  if (some.includes('everyone')) return others;
  if (others.includes('everyone')) return some;
  return some.filter((id) => others.includes(id));
}
