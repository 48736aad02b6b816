import { describe, expect, it } from 'vitest';
import { closes, covers, parseTargetPattern, reaches } from '../../../src/policy/target-pattern.ts';
import type { Target } from '../../../src/swarm/target.ts';

const prod: Target = { kind: 'cluster', cluster: 'prod' };
const node = (name: string): Target => ({ kind: 'node', cluster: 'prod', name });
const service = (name: string, labels: Record<string, string> = {}): Target => ({
  kind: 'service',
  cluster: 'prod',
  name,
  labels,
});

describe('covers', () => {
  it.each<[string, Target, boolean]>([
    ['*', prod, true],
    ['*', node('n1'), true],
    ['*', service('web'), true],
    ['prod/*', prod, true],
    ['prod/*', node('n1'), true],
    ['prod/*', service('web'), true],
    ['prod/**', service('web'), true],
    ['*/*', prod, true],
    ['pro*/*', node('n1'), true],
    ['prod', prod, true],
    ['prod', service('web'), false],
    ['prod', node('n1'), false],
    ['pr*', prod, true],
    ['pr*', service('web'), false],
    ['Prod/*', service('web'), false],
    ['staging/*', service('web'), false],
    ['prod/web', service('web'), true],
    ['prod/web', service('web2'), false],
    ['prod/web', service('Web'), false],
    ['prod/shop_*', service('shop_web'), true],
    ['prod/shop_*', service('blog_web'), false],
    ['prod/shop_*', prod, false],
    ['prod/shop_*', node('shop_1'), false],
    // A node's name is never taken for a service's, although `n*` matches `node:n1`.
    ['prod/n*', service('nginx'), true],
    ['prod/n*', node('n1'), false],
    ['prod/*1', node('n1'), false],
    ['*/web', service('web'), true],
    ['prod/node:*', node('n1'), true],
    ['prod/node:*', service('web'), false],
    ['prod/node:*', prod, false],
    ['prod/node:n1', node('n1'), true],
    ['prod/node:n1', node('n10'), false],
    ['prod/node:n1', service('n1'), false],
    ['prod/container:*', node('n1'), false],
    ['prod/container:*', service('web'), false],
    ['prod/service:web', service('web'), true],
    ['prod/cluster:*', prod, false],
    ['prod/', prod, false],
    ['', prod, false],
    ['label:tier=front', service('web', { tier: 'front' }), true],
    ['label:tier=front', service('web', { tier: 'back' }), false],
    ['label:tier=front', service('web', { Tier: 'front' }), false],
    ['label:tier=front', service('web'), false],
    ['label:tier=*', service('web', { tier: '' }), true],
    ['label:tier=*', service('web', { tiers: 'front' }), false],
    ['label:tier=fr*', service('web', { tier: 'front' }), true],
    ['label:com.example.*=yes', service('web', { 'com.example.public': 'yes' }), true],
    ['label:tier=a=b', service('web', { tier: 'a=b' }), true],
    ['label:tier=a=b', service('web', { 'tier=a': 'b' }), false],
    ['label:constructor=*', service('web'), false],
    ['label:tier=front', prod, false],
    ['label:tier=front', node('n1'), false],
    ['label:*=*', service('web'), false],
  ])('%s and %j: %s', (pattern, target, expected) => {
    expect(covers(parseTargetPattern(pattern), target)).toBe(expected);
  });
});

describe('reaches', () => {
  it.each([
    ['*', true],
    ['prod', true],
    ['prod/shop_*', true],
    ['prod/node:n1', true],
    ['label:tier=front', true],
    ['staging/*', false],
    ['prod2', false],
    ['pro/*', false],
  ])('%s reaches something in prod: %s', (pattern, expected) => {
    expect(reaches(parseTargetPattern(pattern), 'prod')).toBe(expected);
  });
});

describe('closes', () => {
  it.each([
    ['*', true],
    ['prod/*', true],
    ['prod', true],
    ['p*', true],
    ['prod/shop_*', false],
    ['prod/node:*', false],
    ['label:*=*', false],
    ['staging/*', false],
  ])('a deny on %s closes all of prod: %s', (pattern, expected) => {
    expect(closes(parseTargetPattern(pattern), 'prod')).toBe(expected);
  });
});
