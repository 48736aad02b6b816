import { expect, it } from 'vitest';
import { nearest } from '../../../src/swarm/nearest.ts';

it.each([
  ['shop_wbe', ['shop_db', 'shop_web', 'shop_api'], 'shop_web'],
  ['shop_dd', ['shop_web', 'shop_db'], 'shop_db'],
  ['scael', ['ls', 'scale'], 'scale'],
  ['lss', ['ls', 'ps'], 'ls'],
  ['nothing', ['shop_db', 'shop_web'], undefined],
  ['web', [], undefined],
])('takes %s of %j for %s', (typed, candidates, meant) => {
  expect(nearest(typed, candidates)).toBe(meant);
});
