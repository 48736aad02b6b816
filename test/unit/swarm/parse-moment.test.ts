import { describe, expect, it } from 'vitest';
import { parseMoment } from '../../../src/swarm/parse-moment.ts';

const now = Date.parse('2026-06-15T12:00:00Z');

describe('parseMoment', () => {
  it.each([
    ['10m', '2026-06-15T11:50:00Z'],
    ['1h30m', '2026-06-15T10:30:00Z'],
    ['2d', '2026-06-13T12:00:00Z'],
    ['2026-06-01', '2026-06-01T00:00:00Z'],
    ['2026-06-01T10', '2026-06-01T10:00:00Z'],
    ['2026-06-01T10:20', '2026-06-01T10:20:00Z'],
    ['2026-06-01T10:20:30', '2026-06-01T10:20:30Z'],
    ['2026-06-01T10:20:30.123456789Z', '2026-06-01T10:20:30.123Z'],
    ['2026-06-01T10:20:30+02:00', '2026-06-01T08:20:30Z'],
    ['1780000000', '2026-05-28T20:26:40Z'],
    ['1780000000.5', '2026-05-28T20:26:40.5Z'],
  ])('reads %s as %s', (text, expected) => {
    expect(parseMoment(text, now)).toBe(Date.parse(expected));
  });

  it.each(['', 'yesterday', '2026-13-45', '10 m', '-5m', '2026-06-01T99:00', '1e9'])(
    'takes "%s" for nothing',
    (text) => {
      expect(parseMoment(text, now)).toBeUndefined();
    },
  );
});
