import { describe } from 'vitest';
import { holdsMessagesTo, type Rule } from './rule.ts';
import { x, times, mrkdwn, raw, rich, table } from './samples.ts';

const rules: readonly Rule[] = [
  {
    rule: 'a table has at most 100 rows',
    keeps: [table(times(100, () => [raw('x')]))],
    breaks: [table(times(101, () => [raw('x')]))],
    says: 'no more than 100 items allowed [json-pointer:/blocks/0/rows]',
  },
  {
    rule: 'a table has at most 20 columns',
    keeps: [table([times(20, () => raw('x'))])],
    breaks: [table([times(21, () => raw('x'))])],
    says: 'no more than 20 items allowed [json-pointer:/blocks/0/rows/0]',
  },
  {
    rule: 'a table has at most 10,000 characters',
    keeps: [table([[raw(x(5000)), raw(x(5000))]])],
    breaks: [table([[raw(x(5000)), raw(x(5001))]])],
    says: 'no more than 10000 characters allowed in a table [json-pointer:/blocks]',
  },
  {
    rule: 'a cell is not empty',
    keeps: [table([[raw('x')]])],
    breaks: [table([[raw('')]])],
    says: 'must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]',
  },
  {
    rule: 'a rich cell is not empty',
    keeps: [table([[rich({ type: 'emoji', name: 'wave' })]])],
    breaks: [table([[rich()]])],
    says: 'a cell must not be empty [json-pointer:/blocks/0/rows/0/0]',
  },
  {
    rule: 'a cell is raw or rich text',
    keeps: [table([[rich({ type: 'text', text: 'x', style: { bold: true } })]])],
    breaks: [table([[mrkdwn('x')]])],
    says: 'unsupported type: mrkdwn [json-pointer:/blocks/0/rows/0/0/type]',
  },
  {
    rule: 'a message has one table',
    keeps: [table([[raw('x')]])],
    breaks: [table([[raw('x')]]), table([[raw('x')]])],
    says: 'only_one_table_allowed [json-pointer:/blocks]',
  },
  {
    rule: 'rich text is not empty text',
    keeps: [rich({ type: 'text', text: 'x' })],
    breaks: [rich({ type: 'text', text: '' })],
    says: '[json-pointer:/blocks/0/elements/0/elements/0/text]',
  },
  {
    rule: 'preformatted text holds text and links only',
    keeps: [
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'x' }] }],
      },
    ],
    breaks: [
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] }],
      },
    ],
    says: 'unsupported type: user [json-pointer:/blocks/0/elements/0/elements/0/type]',
  },
];

describe('tables and rich text', () => {
  holdsMessagesTo(rules);
});
