import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/operations/answer.ts';
import { checkMessageBlocks, checkView } from '../../../src/sandbox/slack/block-kit/check-blocks.ts';
import { cleanAnswer } from '../../../src/slack/clean-answer.ts';
import { fallbackText } from '../../../src/slack/fallback-text.ts';
import { limits } from '../../../src/slack/limits.ts';
import { pagesOf } from '../../../src/slack/pages.ts';
import { progressBar } from '../../../src/slack/progress-text.ts';
import { renderForm } from '../../../src/slack/render-form.ts';
import { renderPage } from '../../../src/slack/render-page.ts';
import { numbers, oddAnswer } from './odd-answers.ts';

function ids(): () => string {
  let count = 0;
  return () => `id-${String((count += 1))}`;
}

describe('a rendered page', () => {
  it('is never refused by Slack, whatever the answer', { timeout: 60_000 }, () => {
    const random = numbers(20_261_121);
    for (let round = 0; round < 60; round += 1) {
      const answer = oddAnswer(random);
      for (const page of pagesOf(answer)) {
        expect(() => checkMessageBlocks(renderPage(page, ids()))).not.toThrow();
        const text = fallbackText(page);
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(limits.fallback);
        expect(text).not.toMatch(/[<>`]/);
      }
    }
  });

  it('opens a form that Slack takes, whatever its texts', { timeout: 60_000 }, () => {
    const random = numbers(7);
    let forms = 0;
    for (let round = 0; round < 30; round += 1) {
      for (const part of cleanAnswer(oddAnswer(random))) {
        for (const { form } of part.kind === 'buttons' ? part.buttons : []) {
          if (form === undefined) continue;
          forms += 1;
          expect(() => checkView(renderForm(form, 'an-id'), 'modal')).not.toThrow();
        }
      }
    }
    expect(forms).toBeGreaterThan(100);
  });

  it('takes everything from an engine as it is, and mrkdwn for names and times alone', () => {
    const evil = '<!channel> *b* `c` :x:';
    const answer: Answer = [
      { kind: 'heading', text: evil },
      { kind: 'text', text: [evil, { code: evil }, { strong: evil }] },
      { kind: 'note', text: [evil, { person: 'U0ALICE' }, { strong: evil }, { time: 0 }] },
      { kind: 'facts', facts: [{ label: evil, value: [evil] }] },
      { kind: 'table', columns: [evil], rows: [[evil]], empty: '' },
      { kind: 'code', text: evil },
      { kind: 'buttons', buttons: [{ label: evil, command: [] }] },
    ];
    const [page] = pagesOf(answer);
    const json = JSON.stringify(renderPage(page, ids()));
    expect(json.match(/"mrkdwn","text":"[^"]*"/g)).toEqual([
      '"mrkdwn","text":"<@U0ALICE>"',
      '"mrkdwn","text":"<!date^0^{date_short_pretty} {time_secs}|1970-01-01 00:00:00 UTC>"',
    ]);
    expect(json).toContain('"type":"raw_text","text":"<!channel> *b* `c` :x:"');
    expect(fallbackText(page)).toContain('&lt;!channel&gt; *b* ˋcˋ :x:');
  });

  it('shows how far something is as a bar and in words', () => {
    const [page] = pagesOf([{ kind: 'progress', done: 2, total: 3, label: 'tasks running' }]);
    const json = JSON.stringify(renderPage(page, ids()));
    expect(json).toContain('█████████████░░░░░░░');
    expect(json).toContain('2 of 3 tasks running');
    expect(fallbackText(page)).toBe('2 of 3 tasks running');
  });

  it('is full only when everything is done', () => {
    expect(progressBar({ done: 999, total: 1000 })).toContain('░');
    expect(progressBar({ done: 3, total: 3 })).not.toContain('░');
    expect(progressBar({ done: 0, total: 0 })).not.toContain('░');
    expect(progressBar({ done: 9, total: 3 })).not.toContain('░');
  });

  it('has a text that reads well where blocks are not shown', () => {
    const [page] = pagesOf([
      { kind: 'heading', text: 'Services in prod' },
      {
        kind: 'table',
        columns: ['NAME', 'REPLICAS'],
        rows: [
          ['web', '3/3'],
          ['database', '1/1'],
        ],
        empty: '',
      },
      { kind: 'facts', facts: [{ label: 'Nodes', value: ['3'] }] },
    ]);
    expect(fallbackText(page).split('\n')).toEqual([
      'Services in prod',
      'NAME       REPLICAS',
      'web        3/3',
      'database   1/1',
      'Nodes: 3',
    ]);
  });
});
