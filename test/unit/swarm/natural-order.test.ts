import { describe, expect, it } from 'vitest';
import { naturalOrder } from '../../../src/swarm/natural-order.ts';

describe('naturalOrder', () => {
  it.for([
    ['web2', 'web10'],
    ['web', 'web1'],
    ['', 'a'],
    ['1', 'a'],
    ['a1b', 'aab'],
    ['a1', 'a01'],
    ['a01', 'a2'],
    ['a0a.', 'a0b'],
    ['a1', 'a1b'],
    ['a1b', 'a10'],
    ['web-2', 'web_1'],
    ['web.2', 'web1'].toReversed(),
    ['Z', 'a'],
    ['x99999999999999999998', 'x99999999999999999999'],
    ['é', '😀'],
  ])('puts %j before %j, whichever comes first', ([first = '', second = '']) => {
    expect([first, second].toSorted(naturalOrder)).toEqual([first, second]);
    expect([second, first].toSorted(naturalOrder)).toEqual([first, second]);
  });

  it('takes equal names as equal', () => {
    expect(naturalOrder('shop_web12', 'shop_web12')).toBe(0);
  });
});
