import { describe, expect, it } from 'vitest';
import { formatMoment } from '../../../../src/sandbox/page/ui/blocks/format-moment.ts';

const now = new Date(2026, 10, 21, 12, 0, 0);
const at = (day: number, hour = 9) => new Date(2026, 10, day, hour, 5, 7);

describe('a moment in Slack’s words', () => {
  it.each([
    [at(21), '{date_num}', '11/21/2026'],
    [at(21), '{date}', 'November 21, 2026'],
    [at(19), '{date_short_pretty} at {time}', 'Nov 19, 2026 at 9:05 AM'],
    [at(21), '{date_short_pretty} {time_secs}', 'today 9:05:07 AM'],
    [at(20, 23), '{date_pretty}', 'yesterday'],
    [at(22), '{date_long_pretty}', 'tomorrow'],
    [new Date(2026, 10, 21, 11, 57, 30), '{ago}', '2 minutes ago'],
    [at(19), '{ago}', '2 days ago'],
    [now, '{ago}', 'now'],
    [at(21), '{nothing} known', '{nothing} known'],
  ])('%s as %s', (date, format, words) => {
    expect(formatMoment(date, format, now, 'en-US').replaceAll('\u202F', ' ')).toBe(words);
  });
});
