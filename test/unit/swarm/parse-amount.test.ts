import { describe, expect, it } from 'vitest';
import { parseBytes, parseNanoCpus } from '../../../src/swarm/parse-amount.ts';
import { parseGoDuration } from '../../../src/swarm/parse-go-duration.ts';

describe('an amount of memory', () => {
  it.each([
    ['0', 0],
    ['1024', 1024],
    ['512m', 536_870_912],
    ['512M', 536_870_912],
    ['64MiB', 67_108_864],
    ['1.5g', 1_610_612_736],
    ['.5k', 512],
    ['2 GB', 2_147_483_648],
    ['32b', 32],
  ])('%s is so many bytes, as for docker', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });

  it.each(['', 'm', '-1m', '1x', '1mm', '1e3', '9999999999p', '1,5g', 'iB'])('is not %j', (text) => {
    expect(parseBytes(text)).toBeUndefined();
  });
});

describe('a number of CPUs', () => {
  it.each([
    ['0.1', 100_000_000],
    ['.3', 300_000_000],
    ['0.29', 290_000_000],
    ['2', 2_000_000_000],
    ['2.', 2_000_000_000],
    ['1.000000001', 1_000_000_001],
    ['0.50000000000', 500_000_000],
  ])('%s is exactly so many billionths', (text, nano) => {
    expect(parseNanoCpus(text)).toBe(nano);
  });

  it.each(['', '.', '-1', '0.0000000001', '1e3', '1/3', 'one'])('is not %j', (text) => {
    expect(parseNanoCpus(text)).toBeUndefined();
  });
});

describe('a duration in Go’s words', () => {
  it.each([
    ['0', 0],
    ['10s', 10e9],
    ['1m30.5s', 90.5e9],
    ['250us', 250e3],
    ['1h', 3600e9],
    ['.5s', 0.5e9],
    ['1.s', 1e9],
    ['7ns', 7],
  ])('%s is so many nanoseconds', (text, nanoseconds) => {
    expect(parseGoDuration(text)).toBe(nanoseconds);
  });

  it.each(['', '10', '-1s', '1d', 's', '1s ', '9999999h', '1,5s'])('is not %j', (text) => {
    expect(parseGoDuration(text)).toBeUndefined();
  });
});
