import { describe, expect, it } from 'vitest';
import { goDuration } from '../../../src/swarm/go-duration.ts';

describe('goDuration', () => {
  it.for([
    [0, '0s'],
    [12, '12ns'],
    [1500, '1.5µs'],
    [250e6, '250ms'],
    [5e9, '5s'],
    [1.5e9, '1.5s'],
    [90e9, '1m30s'],
    [60e9, '1m0s'],
    [3600e9, '1h0m0s'],
    [90_061.5e9, '25h1m1.5s'],
    [-5e9, '-5s'],
  ] as const)('prints %d ns as %s', ([nanoseconds, printed]) => {
    expect(goDuration(nanoseconds)).toBe(printed);
  });
});
