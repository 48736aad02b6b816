import { targetName } from '../swarm/target.ts';
import type { AccessRequest, Decision, Policy, Standing } from './policy.ts';
import { denyCovers, grantCovers, isTo, touchedBy, type Touched } from './rules.ts';
import { whoMay } from './who-may.ts';

/**
 * May this person do this, here, to these? The one place where that is decided. What nothing allows is refused; a deny
 * wins over every grant and over what is open to all; of several targets each must be allowed, and the first that
 * isn't decides.
 */
export function authorize(policy: Policy, request: AccessRequest): Decision {
  const { person } = request;
  if (person.standing !== 'member') {
    return { allowed: false, rule: 'standing', reason: standingReasons[person.standing], others: [] };
  }
  // A channel may not be taken for one by being called what every object has: `constructor`.
  if (!Object.hasOwn(policy.channels, request.channel)) {
    return {
      allowed: false,
      rule: 'channels',
      reason: 'Commands do not work in this channel: the configuration does not name it under `channels`.',
      others: [],
    };
  }
  const decisions = touchedBy(request.targets).map((touched) => decide(policy, request, touched));
  const refusal = decisions.find((decision) => !decision.allowed);
  if (refusal) return { ...refusal, others: whoMay(policy, request) };
  const [first] = decisions;
  if (first && decisions.every(({ rule }) => rule === first.rule)) return { ...first, others: [] };
  return {
    allowed: true,
    rule: [...new Set(decisions.map(({ rule }) => rule))].join(', '),
    reason: `Each of the ${decisions.length} targets is granted to you.`,
    others: [],
  };
}

function decide(policy: Policy, request: AccessRequest, touched: Touched): Omit<Decision, 'others'> {
  const { person, operation } = request;
  const what = `${operation}${onWhat(touched)}`;
  const denied = policy.deny.findIndex(
    (deny) => denyCovers(deny, request, touched) && (deny.to === undefined || isTo(deny.to, person)),
  );
  if (denied >= 0) {
    const reason = `${what} is denied in this channel by a rule that wins over every grant.`;
    return { allowed: false, rule: `deny[${denied}]`, reason };
  }
  if (request.open) {
    return {
      allowed: true,
      rule: 'built-in: open to every full member',
      reason: `Every full member may use ${operation} where commands work.`,
    };
  }
  const index = policy.grants.findIndex(
    (grant) => isTo(grant.to, person) && grantCovers(policy, grant, request, touched),
  );
  const grant = policy.grants[index];
  if (grant) {
    const reason = `The role ${grant.role}, which is granted to you, allows ${what}.`;
    return { allowed: true, rule: `grants[${index}]`, reason };
  }
  return { allowed: false, rule: 'no grant', reason: `Nothing grants you ${what} in this channel.` };
}

function onWhat(touched: Touched): string {
  switch (touched.kind) {
    case 'target':
      return ` on ${targetName(touched.target)}`;
    case 'some of':
      return ` on anything in ${touched.cluster}`;
    case 'nothing':
      return '';
  }
}

const standingReasons: Readonly<Record<Exclude<Standing, 'member'>, string>> = {
  guest: 'You are a guest of this workspace; only its full members may use Shipmate.',
  bot: 'Bots may not use Shipmate; only full members of the workspace may.',
  deleted: 'This account is deactivated; only full members of the workspace may use Shipmate.',
  stranger: 'Slack does not know you as a member of this workspace; only its full members may use Shipmate.',
  foreign: 'You belong to another organization; only full members of this workspace may use Shipmate.',
};
