import { describe, expect, it } from 'vitest';
import { humanSize } from '../../../src/swarm/human-size.ts';

describe('humanSize', () => {
  it.for([
    [0, '0B'],
    [1023, '1023B'],
    [1024, '1KiB'],
    [1536, '1.5KiB'],
    [64 * 1024 ** 2, '64MiB'],
    [25_274_437_632, '23.54GiB'],
    [2 * 1024 ** 5, '2PiB'],
  ] as const)('says %d bytes as %s', ([bytes, said]) => {
    expect(humanSize(bytes)).toBe(said);
  });
});
