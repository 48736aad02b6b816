import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/operations/answer.ts';
import type { CleanPart } from '../../../src/slack/clean-answer.ts';
import { pagesOf } from '../../../src/slack/pages.ts';

const rows = (count: number, text = 'web') =>
  Array.from({ length: count }, (_, index) => [`${text}-${String(index)}`, 'running']);
const tableOf = (count: number, text?: string): Answer[number] => ({
  kind: 'table',
  columns: ['NAME', 'STATE'],
  rows: rows(count, text),
  empty: 'No services.',
});
const refresh: Answer[number] = { kind: 'buttons', buttons: [{ label: 'Refresh', command: ['ls'] }] };
const kinds = (page: readonly CleanPart[]) => page.map(({ kind }) => kind);

describe('pages', () => {
  it('are one for what fits, in its order', () => {
    const answer: Answer = [{ kind: 'heading', text: 'Services' }, refresh, tableOf(99)];
    expect(pagesOf(answer).map(kinds)).toEqual([['heading', 'buttons', 'table']]);
  });

  it('have the heading and the buttons on each, and every row once, in order', () => {
    const pages = pagesOf([{ kind: 'heading', text: 'Services' }, tableOf(250), refresh]);
    expect(pages.map(kinds)).toEqual([
      ['heading', 'table', 'buttons'],
      ['heading', 'table', 'buttons'],
      ['heading', 'table', 'buttons'],
    ]);
    const shown = pages.flatMap((page) =>
      page.flatMap((part) => (part.kind === 'table' ? part.rows.map(([name]) => name) : [])),
    );
    expect(shown).toEqual(rows(250).map(([name]) => ({ text: name })));
  });

  it('show further tables as aligned text, as Slack takes one a message', () => {
    const [page, ...more] = pagesOf([tableOf(2), tableOf(2, 'a-longer-name')]);
    expect(more).toEqual([]);
    expect(page[1]).toEqual({
      kind: 'code',
      text: ['NAME              STATE', 'a-longer-name-0   running', 'a-longer-name-1   running'].join('\n'),
    });
  });

  it('show a row that no table takes shortened, and then in full', () => {
    const long = 'e'.repeat(20_000);
    const pages = pagesOf([
      {
        kind: 'table',
        columns: ['NAME', 'ERROR'],
        rows: [
          ['web', long],
          ['db', ''],
        ],
        empty: '',
      },
    ]);
    const parts = pages.flat();
    const table = parts.find((part) => part.kind === 'table');
    expect(table?.rows[0]?.[0]).toEqual({ text: 'web' });
    expect(JSON.stringify(table?.rows[0]?.[1])).toMatch(/^{"text":"e+…"}$/);
    expect(table?.rows[1]).toEqual([{ text: 'db' }, { text: '–' }]);
    const full = parts.flatMap((part) => (part.kind === 'code' ? [part.text] : [])).join('');
    expect(full).toBe(`NAME: web\nERROR: ${long}`);
  });

  it('lose nothing of a long text or code', () => {
    const lines = Array.from({ length: 3_000 }, (_, index) => `line ${String(index)}`);
    const pages = pagesOf([{ kind: 'code', text: lines.join('\n') }]);
    const code = pages.flat().flatMap((part) => (part.kind === 'code' ? [part.text] : []));
    expect(code.join('\n').split('\n')).toEqual(lines);

    const words = Array.from({ length: 5_000 }, (_, index) => `word${String(index)}`);
    const text = pagesOf([{ kind: 'text', text: [words.join(' ')] }])
      .flat()
      .flatMap((part) => (part.kind === 'text' ? part.text.map(String) : []));
    expect(text.join(' ').split(' ')).toEqual(words);
  });

  it('say what a table without rows means', () => {
    expect(pagesOf([tableOf(0)])).toEqual([[{ kind: 'text', text: ['No services.'] }]]);
  });

  it('hold no more parts than Slack takes blocks, with room for turning pages', () => {
    const pages = pagesOf(
      Array.from({ length: 120 }, (_, index) => ({ kind: 'text', text: [String(index)] })),
    );
    expect(pages.map((page) => page.length)).toEqual([48, 48, 24]);
  });

  it('are never none', () => {
    expect(pagesOf([])).toEqual([[]]);
    expect(
      pagesOf([
        { kind: 'text', text: [''] },
        { kind: 'code', text: ' \n' },
      ]),
    ).toEqual([[]]);
  });
});
