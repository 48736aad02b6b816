import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../src/store/store.ts';
import { targetName } from '../../../src/swarm/target.ts';
import { auditBegin } from '../store/audit-samples.ts';
import { ask, cells, notes } from './ask.ts';

function entry(change: Partial<AuditEntry>): AuditEntry {
  return { ...auditBegin(), outcome: 'done', detail: 'it has 3', endedAt: 3_500, ...change };
}

describe('audit', () => {
  it('tells who asked for what, what was decided, and how it ended after how long', async () => {
    const [row] = cells(await ask('audit', {}, { entries: [entry({})] }));
    expect(row?.slice(3)).toEqual([
      'command',
      'service scale web=3',
      'prod/web',
      'allowed by grants[1]',
      'done after 2.5 s: it has 3',
      'r1',
    ]);
  });

  it('tells of what has no end yet that it runs, and of what was wrong in itself that nothing was decided', async () => {
    const entries = [
      entry({ outcome: null, detail: null, endedAt: null }),
      entry({ operation: 'unknown', targets: [], outcome: 'refused' }),
    ];
    const rows = cells(await ask('audit', {}, { entries }));
    expect(rows.map((row) => [row[6], row[7]])).toEqual([
      ['allowed by grants[1]', 'running'],
      ['not understood', 'refused after 2.5 s: it has 3'],
    ]);
  });

  it('gives no time for what nobody knows the end of', async () => {
    const [row] = cells(await ask('audit', {}, { entries: [entry({ outcome: 'unknown' })] }));
    expect(row?.[7]).toBe('unknown: it has 3');
  });

  it.each([
    [1, ['1 entry is not shown: nothing grants you what it touches.']],
    [2, ['2 entries are not shown: nothing grants you what they touch.']],
  ])('leaves out %i of what touches more than the asker may see', async (count, said) => {
    const hidden = Array.from({ length: count }, () => entry({ targets: ['prod/web', 'prod/bank'] }));
    const entries = [entry({}), ...hidden, entry({ cluster: 'staging', targets: ['staging/web'] })];
    const visible = (target: Parameters<typeof targetName>[0]) => targetName(target) === 'prod/web';
    const answer = await ask('audit', {}, { entries, visible });
    expect(cells(answer)).toHaveLength(1);
    expect(notes(answer)).toEqual(said);
  });
});
