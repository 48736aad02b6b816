import { describe, expect, it } from 'vitest';
import { timeOrder } from '../../../src/swarm/time-order.ts';

describe('timeOrder', () => {
  it.for([
    ['2026-01-01T00:00:00.1Z', '2026-01-01T00:00:00.12Z'],
    ['2026-01-01T00:00:00.123456788Z', '2026-01-01T00:00:00.123456789Z'],
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000000001Z'],
    ['2025-12-31T23:59:59.9Z', '2026-01-01T00:00:00Z'],
    [undefined, '0001-01-01T00:00:00Z'],
  ] as const)('puts %s before %s', ([first, second]) => {
    expect(timeOrder(first, second)).toBeLessThan(0);
    expect(timeOrder(second, first)).toBeGreaterThan(0);
  });

  it('takes times that differ only in how they are written as equal', () => {
    expect(timeOrder('2026-01-01T00:00:00.10Z', '2026-01-01T00:00:00.1Z')).toBe(0);
  });
});
