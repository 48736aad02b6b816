import { expect, it } from 'vitest';
import { elapsed } from '../../../src/swarm/elapsed.ts';

it.for([
  [-5, '0 s'],
  [999, '0 s'],
  [12_400, '12 s'],
  [60_000, '1 min'],
  [125_000, '2 min 5 s'],
  [3_600_000, '1 h'],
  [10_860_000, '3 h 1 min'],
] as const)('says %d ms as %s', ([milliseconds, words]) => {
  expect(elapsed(milliseconds)).toBe(words);
});
