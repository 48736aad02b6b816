import { describe, expect, it } from 'vitest';
import { authorize } from '../../../src/policy/authorize.ts';
import type { AccessRequest, Person, Policy, Standing } from '../../../src/policy/policy.ts';
import type { Target } from '../../../src/swarm/target.ts';

const alice: Person = { team: 'T0', id: 'U0ALICE', standing: 'member', groups: ['S0SRE'] };
const bob: Person = { team: 'T0', id: 'U0BOB', standing: 'member', groups: [] };

const service = (name: string, labels: Record<string, string> | null = {}, cluster = 'prod'): Target => ({
  kind: 'service',
  cluster,
  name,
  labels,
});

const policy: Policy = {
  channels: { C0DEPLOYS: { cluster: 'prod' }, C0STAGING: { cluster: 'staging' } },
  roles: {
    viewer: { allow: ['*.ls', '*.ps', 'info'], includes: [] },
    operator: { allow: ['service.scale', 'node.update'], includes: ['viewer'] },
  },
  grants: [
    { role: 'viewer', to: ['everyone'] },
    { role: 'operator', to: ['S0SRE', 'U0ALICE'], in: ['C0DEPLOYS'], on: ['prod/shop_*', 'prod/node:*'] },
  ],
  deny: [{ operations: ['service.scale'], on: ['label:frozen=*'] }],
};

function ask(request: Partial<AccessRequest> = {}, changed: Partial<Policy> = {}) {
  return authorize(
    { ...policy, ...changed },
    {
      person: alice,
      channel: 'C0DEPLOYS',
      operation: 'service.scale',
      open: false,
      targets: { kind: 'some', targets: [service('shop_web')] },
      ...request,
    },
  );
}

const some = (...targets: Target[]): AccessRequest['targets'] => ({ kind: 'some', targets });
const list = (cluster: string): AccessRequest['targets'] => ({ kind: 'list', cluster });

describe('authorize', () => {
  it('allows what a grant allows, and names the grant and its role', () => {
    expect(ask()).toEqual({
      allowed: true,
      rule: 'grants[1]',
      reason: 'The role operator, which is granted to you, allows service.scale on prod/shop_web.',
      others: [],
    });
  });

  it('refuses what nothing grants, and says who is granted it', () => {
    expect(ask({ person: bob })).toEqual({
      allowed: false,
      rule: 'no grant',
      reason: 'Nothing grants you service.scale on prod/shop_web in this channel.',
      others: ['S0SRE', 'U0ALICE'],
    });
  });

  it.each<Standing>(['guest', 'bot', 'deleted', 'stranger', 'foreign'])(
    'refuses a %s before anything else, and tells them nothing of who may',
    (standing) => {
      const decision = ask({ person: { ...alice, standing }, open: true });
      expect(decision).toMatchObject({ allowed: false, rule: 'standing', others: [] });
    },
  );

  it.each(['C0RANDOM', 'constructor', '__proto__', 'c0deploys', ''])(
    'refuses in the channel %j, which is not configured, even what is open to all',
    (channel) => {
      expect(ask({ channel, open: true })).toMatchObject({ allowed: false, rule: 'channels', others: [] });
    },
  );

  it('lets every member use what is open, and nobody else', () => {
    const open = { operation: 'help', open: true, targets: some() };
    expect(ask({ ...open, person: bob }, { grants: [] })).toMatchObject({
      allowed: true,
      rule: 'built-in: open to every full member',
    });
    expect(ask({ ...open, person: { ...bob, standing: 'guest' } }).allowed).toBe(false);
  });

  it('lets a deny close even what is open', () => {
    const deny = [{ operations: ['*'], in: ['C0DEPLOYS'] }];
    const decision = ask({ operation: 'help', open: true, targets: some() }, { deny });
    expect(decision).toMatchObject({ allowed: false, rule: 'deny[0]', others: [] });
  });

  it('allows nothing with an empty policy', () => {
    const empty = { channels: {}, roles: {}, grants: [], deny: [] };
    expect(ask({}, empty)).toMatchObject({ allowed: false, rule: 'channels' });
    expect(ask({}, { ...empty, channels: policy.channels })).toMatchObject({
      allowed: false,
      rule: 'no grant',
      others: [],
    });
  });

  it('refuses a request without targets, unless it is open', () => {
    expect(ask({ targets: some() }, { grants: [{ role: 'operator', to: ['everyone'] }] }).allowed).toBe(
      false,
    );
  });

  it('holds each grant to its channels', () => {
    expect(ask({ channel: 'C0STAGING' })).toMatchObject({ allowed: false, rule: 'no grant', others: [] });
  });

  it('lets another cluster than the channel’s be meant, if a grant covers it', () => {
    expect(ask({ operation: 'service.ls', targets: list('staging') })).toMatchObject({
      allowed: true,
      rule: 'grants[0]',
    });
    expect(ask({ targets: some(service('shop_web', {}, 'staging')) }).allowed).toBe(false);
  });

  it('takes a person’s groups into account, and only their own', () => {
    expect(ask({ person: { ...bob, groups: ['S0OTHER', 'S0SRE'] } }).allowed).toBe(true);
    expect(ask({ person: { ...bob, groups: ['U0ALICE2'] } }).allowed).toBe(false);
  });

  it('takes lists in a grant that are empty to mean nothing', () => {
    for (const grant of [{ to: [] }, { to: ['everyone'], in: [] }, { to: ['everyone'], on: [] }]) {
      expect(ask({}, { grants: [{ role: 'operator', ...grant }] }).allowed).toBe(false);
    }
  });

  describe('roles', () => {
    it('allow what the roles that they include allow', () => {
      const grants = [{ role: 'operator', to: ['everyone'] }];
      expect(ask({ operation: 'service.ps' }, { grants })).toMatchObject({
        allowed: true,
        rule: 'grants[0]',
      });
      expect(ask({ operation: 'service.rm' }, { grants }).allowed).toBe(false);
    });

    it('may include each other without end', () => {
      const roles = {
        a: { allow: [], includes: ['b'] },
        b: { allow: ['service.scale'], includes: ['a', 'b'] },
      };
      const grants = [{ role: 'a', to: ['everyone'] }];
      expect(ask({}, { roles, grants }).allowed).toBe(true);
      expect(ask({ operation: 'service.rm' }, { roles, grants }).allowed).toBe(false);
    });

    it.each(['nobody', 'constructor', '__proto__'])('that do not exist (%s) allow nothing', (role) => {
      expect(ask({}, { grants: [{ role, to: ['everyone'] }] }).allowed).toBe(false);
    });
  });

  describe('deny', () => {
    it('wins over a grant, for a service that bears the label', () => {
      const frozen = some(service('shop_web', { frozen: 'until monday' }));
      expect(ask({ targets: frozen })).toEqual({
        allowed: false,
        rule: 'deny[0]',
        reason:
          'service.scale on prod/shop_web is denied in this channel by a rule that wins over every grant.',
        others: [],
      });
    });

    it('by label closes what may bear the label, and a grant by label does not open it', () => {
      const unknown = some(service('shop_web', null));
      expect(ask({ targets: unknown })).toMatchObject({ allowed: false, rule: 'deny[0]' });
      const grants = [{ role: 'operator', to: ['everyone'], on: ['label:*=*'] }];
      expect(ask({ targets: unknown }, { grants, deny: [] })).toMatchObject({ rule: 'no grant' });
      expect(ask({ targets: unknown }, { deny: [] }).allowed).toBe(true);
    });

    it('can be for some people only, and leaves those out of who could', () => {
      const deny = [{ operations: ['service.*'], to: ['U0ALICE', 'S0JUNIORS'] }];
      const grants = [{ role: 'operator', to: ['U0ALICE', 'S0JUNIORS', 'S0SRE', 'U0CAROL'] }];
      expect(ask({}, { deny, grants })).toMatchObject({
        allowed: false,
        rule: 'deny[0]',
        others: ['S0SRE', 'U0CAROL'],
      });
      expect(ask({ person: { ...bob, groups: ['S0SRE'] } }, { deny, grants }).allowed).toBe(true);
    });

    it('can be for one channel only', () => {
      const deny = [{ operations: ['*'], in: ['C0STAGING'] }];
      expect(ask({}, { deny }).allowed).toBe(true);
      expect(ask({ channel: 'C0STAGING', operation: 'info' }, { deny }).allowed).toBe(false);
    });

    it.each(['prod', 'prod/*', '*', 'p*', '*/*'])(
      'on %s closes the cluster, all in it, and its lists',
      (pattern) => {
        const changed = {
          deny: [{ operations: ['*'], on: [pattern] }],
          grants: [{ role: 'operator', to: ['everyone'] }],
        };
        const cluster: Target = { kind: 'cluster', cluster: 'prod' };
        const node: Target = { kind: 'node', cluster: 'prod', name: 'n1' };
        expect(ask({ operation: 'info', targets: some(cluster) }, changed).allowed).toBe(false);
        expect(ask({ operation: 'node.update', targets: some(node) }, changed).allowed).toBe(false);
        expect(ask({}, changed).allowed).toBe(false);
        expect(ask({ operation: 'service.ls', targets: list('prod') }, changed).allowed).toBe(false);
        expect(ask({ targets: { kind: 'any', cluster: 'prod' } }, changed).allowed).toBe(false);
      },
    );

    it('on part of a cluster leaves its lists open, and refuses the rows', () => {
      const deny = [{ operations: ['*'], on: ['prod/shop_*', 'label:frozen=*'] }];
      const ls = { operation: 'service.ls' };
      expect(ask({ ...ls, targets: list('prod') }, { deny }).allowed).toBe(true);
      expect(ask({ ...ls, targets: some(service('shop_web')) }, { deny }).allowed).toBe(false);
      expect(ask({ ...ls, targets: some(service('blog_web')) }, { deny }).allowed).toBe(true);
    });
  });

  describe('several targets', () => {
    it('must all be allowed, and the first that is not decides', () => {
      const targets = some(service('shop_web'), service('blog'), service('shop_db', { frozen: '1' }));
      expect(ask({ targets })).toMatchObject({
        allowed: false,
        rule: 'no grant',
        reason: 'Nothing grants you service.scale on prod/blog in this channel.',
      });
    });

    it('may be allowed by a grant each', () => {
      const grants = [
        { role: 'operator', to: ['U0ALICE'], on: ['prod/shop_web'] },
        { role: 'operator', to: ['S0SRE'], on: ['prod/blog'] },
      ];
      const targets = some(service('blog'), service('shop_web'));
      expect(ask({ targets }, { grants })).toMatchObject({ allowed: true, rule: 'grants[1], grants[0]' });
    });

    it('are said to be open to those who are granted all of them', () => {
      const grants = [
        { role: 'operator', to: ['U0CAROL', 'U0DAN'], on: ['prod/a'] },
        { role: 'operator', to: ['U0DAN', 'S0SRE'], on: ['prod/b'] },
        { role: 'operator', to: ['everyone'], on: ['prod/c'] },
      ];
      const targets = some(service('a'), service('b'), service('c'));
      expect(ask({ person: bob, targets }, { grants }).others).toEqual(['U0DAN']);
      const deny = [{ operations: ['*'], to: ['U0DAN'], on: ['prod/c'] }];
      expect(ask({ person: bob, targets }, { grants, deny }).others).toEqual([]);
    });
  });

  describe('a list, or a question before the targets are known', () => {
    it.each(['list', 'any'] as const)('(%s) is allowed if a grant reaches into the cluster', (kind) => {
      const targets = { kind, cluster: 'prod' };
      expect(ask({ targets })).toMatchObject({ allowed: true, rule: 'grants[1]' });
      expect(ask({ targets: { kind, cluster: 'staging' } }).allowed).toBe(false);
      expect(ask({ targets, person: bob })).toMatchObject({ allowed: false, others: ['S0SRE', 'U0ALICE'] });
    });
  });
});
