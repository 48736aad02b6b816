import { describe, expect, it } from 'vitest';
import { matchesWildcard } from '../../../src/swarm/wildcard.ts';

describe('matchesWildcard', () => {
  it.each([
    ['web', 'web'],
    ['*', ''],
    ['*', 'prod/web'],
    ['prod/*', 'prod/'],
    ['prod/shop_*', 'prod/shop_web'],
    ['*_web', 'shop_web_web'],
    ['a*b*c', 'a-b-b-c'],
    ['**', 'x'],
    ['100%_[a]?', '100%_[a]?'],
  ])('%s matches %s', (pattern, text) => {
    expect(matchesWildcard(pattern, text)).toBe(true);
  });

  it.each([
    ['web', 'web2'],
    ['web', 'Web'],
    ['', 'x'],
    ['prod/shop_*', 'prod/shopXweb'],
    ['a*b*c', 'a-c-b'],
    ['shop%', 'shop_web'],
    ['w?b', 'web'],
    ['[a-z]', 'a'],
  ])('%s does not match %s', (pattern, text) => {
    expect(matchesWildcard(pattern, text)).toBe(false);
  });

  it('answers at once to a pattern that makes regular expressions hang', () => {
    expect(matchesWildcard(`${'*a'.repeat(200)}b`, 'a'.repeat(2_000))).toBe(false);
  });
});
