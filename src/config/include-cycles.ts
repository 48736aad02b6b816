import type { ConfigDraft, Placed } from './config-draft.ts';
import type { Mistake } from './mistake.ts';

/** Roles that include themselves, by whatever way: one mistake for each, at the entry that closes the circle. */
export function includeCycles({ includes }: Pick<ConfigDraft, 'includes'>): readonly Mistake[] {
  const done = new Set<string>();
  return [...includes.keys()].flatMap((start) => (done.has(start) ? [] : circlesFrom(start, includes, done)));
}

interface Step {
  readonly role: string;
  /** What it includes, as far as it wasn't followed yet. */
  readonly ahead: Iterator<Placed>;
}

/** Follows every way from a role, without recursion: a long chain of roles must not exhaust the stack. */
function circlesFrom(
  start: string,
  includes: ConfigDraft['includes'],
  done: Set<string>,
): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  const step = (role: string): Step => ({ role, ahead: (includes.get(role) ?? []).values() });
  const way = [step(start)];
  const onWay = new Set([start]);
  for (let here = way.at(-1); here !== undefined; here = way.at(-1)) {
    const next = here.ahead.next();
    if (next.done) {
      done.add(here.role);
      onWay.delete(here.role);
      way.pop();
    } else if (onWay.has(next.value.text)) {
      const roles = way.map(({ role }) => role);
      mistakes.push(circle(next.value, roles.slice(roles.indexOf(next.value.text))));
    } else if (!done.has(next.value.text)) {
      onWay.add(next.value.text);
      way.push(step(next.value.text));
    }
  }
  return mistakes;
}

function circle({ text, path }: Placed, roles: readonly string[]): Mistake {
  const round =
    roles.length > 10 ? `${text} → … ${roles.length} roles … → ${text}` : [...roles, text].join(' → ');
  return {
    path,
    of: 'value',
    message: `roles include each other in a circle: ${round}; leave one of these out`,
  };
}
