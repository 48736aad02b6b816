import { describe, expect, it } from 'vitest';
import { humanDuration } from '../../../src/swarm/human-duration.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

// The cases of github.com/docker/go-units, duration_test.go, and the edges between them.
describe('humanDuration', () => {
  it.for([
    [-5 * hour, 'Less than a second'],
    [450, 'Less than a second'],
    [second, '1 second'],
    [1.9 * second, '1 second'],
    [45 * second, '45 seconds'],
    [minute, 'About a minute'],
    [2 * minute - 1, 'About a minute'],
    [3 * minute + 40 * second, '3 minutes'],
    [hour - 1, '59 minutes'],
    [hour, 'About an hour'],
    [1.5 * hour - 1, 'About an hour'],
    [1.5 * hour, '2 hours'],
    [47 * hour + 29 * minute, '47 hours'],
    [47.5 * hour, '2 days'],
    [13 * day, '13 days'],
    [14 * day, '2 weeks'],
    [59 * day, '8 weeks'],
    [60 * day, '2 months'],
    [23.5 * 30 * day, '23 months'],
    [729 * day, '24 months'],
    [730 * day, '2 years'],
    [3 * 365 * day - hour, '2 years'],
  ] as const)('says %d ms as %s', ([milliseconds, said]) => {
    expect(humanDuration(milliseconds)).toBe(said);
  });
});
