import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../../src/swarm/log-entry.ts';
import { newestLines } from '../../../src/swarm/newest-lines.ts';

function line(nanoseconds: number, text = String(nanoseconds)): LogLine {
  const time = `2026-01-01T00:00:00.${String(nanoseconds).padStart(9, '0')}Z`;
  return { kind: 'line', stream: 'stdout', time, node: 'n', task: 't', text, cut: false };
}

function texts(newest: ReturnType<typeof newestLines>): readonly string[] {
  return newest.lines().map(({ text }) => text);
}

describe('newestLines', () => {
  it('keeps the newest by time, whatever order they come in', () => {
    for (const step of [7, 113, 499, 998]) {
      const newest = newestLines(10, () => 1);
      for (let nth = 0; nth < 999; nth += 1) newest.add(line((nth * step) % 999));
      expect(texts(newest)).toEqual(['989', '990', '991', '992', '993', '994', '995', '996', '997', '998']);
      expect(newest.dropped()).toBe(989);
    }
  });

  it('leaves lines of the same time in the order in which they came', () => {
    const newest = newestLines(100, () => 1);
    for (const text of ['b', 'a', 'c']) newest.add(line(1, text));
    expect(texts(newest)).toEqual(['b', 'a', 'c']);
  });

  it('counts by weight, and keeps one line however heavy it is', () => {
    const newest = newestLines(10, ({ text }) => text.length);
    newest.add(line(1, 'x'.repeat(6)));
    newest.add(line(2, 'y'.repeat(5)));
    expect(texts(newest)).toEqual(['yyyyy']);
    newest.add(line(3, 'z'.repeat(50)));
    expect(texts(newest)).toEqual(['z'.repeat(50)]);
    expect(newest.dropped()).toBe(2);
  });
});
