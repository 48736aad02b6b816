import { describe, expect, it } from 'vitest';
import { authorize } from '../../../src/policy/authorize.ts';
import type { AccessRequest, Deny, Grant, Policy, Standing } from '../../../src/policy/policy.ts';
import type { Target } from '../../../src/swarm/target.ts';

/** Draws of a small linear congruential generator, the same at every run: numbers in [0, 1). */
function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** Small vocabularies, so that rules and requests meet often. */
function world(seed: number) {
  const draw = drawing(seed);
  const chance = (share: number) => draw() < share;
  const one = <T>(first: T, ...rest: readonly T[]): T =>
    [first, ...rest][Math.floor(draw() * (rest.length + 1))] ?? first;
  const some = <T>(make: () => T): T[] => Array.from({ length: Math.floor(draw() * 3) + 1 }, make);
  const maybe = <T>(make: () => T[]): T[] | undefined =>
    chance(0.4) ? undefined : some(() => make()).flat();

  const operation = () => one('service.ls', 'service.scale', 'node.ls', 'info');
  const operationPattern = () => one('*', '*.ls', 'service.*', operation());
  const cluster = () => one('prod', 'staging');
  const service = () => one('shop_web', 'shop_db', 'blog');
  const channel = () => one('C0A', 'C0B');
  const who = () => one('everyone', 'U0A', 'U0B', 'S0A', 'S0B');
  const role = () => one('a', 'b', 'c');
  const pattern = () =>
    one(
      '*',
      cluster(),
      `${cluster()}/*`,
      `${cluster()}/shop_*`,
      `*/${service()}`,
      `${cluster()}/node:*`,
      `label:tier=${one('front', '*')}`,
    );
  const target = (): Target =>
    one<() => Target>(
      () => ({ kind: 'cluster', cluster: cluster() }),
      () => ({ kind: 'node', cluster: cluster(), name: one('n1', 'shop_1') }),
      () => ({
        kind: 'service',
        cluster: cluster(),
        name: service(),
        labels: one({}, { tier: 'front' }, { tier: 'back' }, null),
      }),
    )();
  const grant = (): Grant => ({
    role: role(),
    to: some(who),
    in: maybe(() => [channel()]),
    on: maybe(() => [pattern()]),
  });
  const deny = (): Deny => ({
    operations: some(operationPattern),
    to: maybe(() => [who()]),
    in: maybe(() => [channel()]),
    on: maybe(() => [pattern()]),
  });
  const policy: Policy = {
    channels: { C0A: { cluster: 'prod' }, C0B: { cluster: 'staging' } },
    roles: {
      a: { allow: some(operationPattern), includes: chance(0.5) ? [role()] : [] },
      b: { allow: some(operationPattern), includes: chance(0.5) ? [role()] : [] },
      c: { allow: [], includes: chance(0.5) ? [role()] : [] },
    },
    grants: some(grant),
    deny: chance(0.6) ? [] : [deny()],
  };
  const request: AccessRequest = {
    person: {
      team: 'T0',
      id: one('U0A', 'U0B'),
      standing: 'member',
      groups: one([], ['S0A'], ['S0A', 'S0B']),
    },
    channel: channel(),
    operation: operation(),
    open: chance(0.1),
    targets: one<() => AccessRequest['targets']>(
      () => ({ kind: 'some', targets: some(target) }),
      () => ({ kind: one('list', 'any'), cluster: cluster() }),
    )(),
  };
  return { policy, request, deny: deny(), grant: grant(), target: target(), one };
}

const worlds = Array.from({ length: 4_000 }, (_, seed) => world(seed));
const may = (policy: Policy, request: AccessRequest) => authorize(policy, request).allowed;

/** Of these worlds, the ones in which something is allowed that the change should not have allowed. */
function gained(changed: (one: (typeof worlds)[number]) => readonly [Policy, AccessRequest]): unknown[] {
  return worlds.filter((one) => may(...changed(one)) && !may(one.policy, one.request));
}

describe('authorize, in worlds made at random', () => {
  it('both allows and refuses', () => {
    const allowed = worlds.filter(({ policy, request }) => may(policy, request)).length;
    expect(allowed).toBeGreaterThan(worlds.length / 10);
    expect(allowed).toBeLessThan((worlds.length * 9) / 10);
  });

  it('allows no more when a deny is added', () => {
    expect(
      gained(({ policy, request, deny }) => [{ ...policy, deny: [...policy.deny, deny] }, request]),
    ).toEqual([]);
  });

  it('allows no more when a grant is removed', () => {
    expect(gained(({ policy, request }) => [{ ...policy, grants: policy.grants.slice(1) }, request])).toEqual(
      [],
    );
  });

  it('allows no more when a grant is narrowed', () => {
    expect(
      gained(({ policy, request, grant }) => [
        {
          ...policy,
          grants: policy.grants.map((wide) => ({
            ...wide,
            in: wide.in ?? grant.in,
            on: wide.on ?? grant.on,
          })),
        },
        request,
      ]),
    ).toEqual([]);
  });

  it('allows no more when a role loses an operation', () => {
    expect(
      gained(({ policy, request }) => [
        {
          ...policy,
          roles: { ...policy.roles, a: { allow: [], includes: policy.roles['a']?.includes ?? [] } },
        },
        request,
      ]),
    ).toEqual([]);
  });

  it('allows no more when another target is touched as well', () => {
    expect(
      gained(({ policy, request, target }) => [
        policy,
        request.targets.kind === 'some'
          ? { ...request, targets: { kind: 'some', targets: [...request.targets.targets, target] } }
          : request,
      ]),
    ).toEqual([]);
  });

  it('allows no more to somebody in fewer groups, if nothing is denied', () => {
    const more = worlds.filter(({ policy, request }) => {
      const free = { ...policy, deny: [] };
      return may(free, { ...request, person: { ...request.person, groups: [] } }) && !may(free, request);
    });
    expect(more).toEqual([]);
  });

  it.each<Standing>(['guest', 'bot', 'deleted', 'stranger', 'foreign'])(
    'never allows a %s anything',
    (standing) => {
      const allowed = worlds.filter(({ policy, request }) =>
        may(policy, { ...request, person: { ...request.person, standing } }),
      );
      expect(allowed).toEqual([]);
    },
  );

  it('never allows anything in a channel that is not configured', () => {
    const names = ['C0RANDOM', 'c0a', 'C0A ', '', 'toString', '__proto__', 'hasOwnProperty'];
    const allowed = worlds.filter(({ policy, request, one }) =>
      may(policy, { ...request, channel: one('C0X', ...names) }),
    );
    expect(allowed).toEqual([]);
  });

  it('allows every part of what it allows', () => {
    const broken = worlds.filter(
      ({ policy, request }) =>
        request.targets.kind === 'some' &&
        may(policy, request) !==
          request.targets.targets.every((target) =>
            may(policy, { ...request, targets: { kind: 'some', targets: [target] } }),
          ),
    );
    expect(broken).toEqual([]);
  });

  it('shows a list to everyone who may see a row of it', () => {
    const hidden = worlds.filter(
      ({ policy, request, target }) =>
        may(policy, { ...request, targets: { kind: 'some', targets: [target] } }) &&
        !may(policy, { ...request, targets: { kind: 'list', cluster: target.cluster } }),
    );
    expect(hidden).toEqual([]);
  });

  it('says who may, and they may', () => {
    const member = { team: 'T0', standing: 'member' } as const;
    const wrong = worlds.filter(({ policy, request }) =>
      authorize(policy, request)
        .others.filter((id) => id.startsWith('U'))
        .some((id) => !may(policy, { ...request, person: { ...member, id, groups: [] } })),
    );
    expect(wrong).toEqual([]);
  });
});
