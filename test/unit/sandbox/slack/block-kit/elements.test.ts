import { describe } from 'vitest';
import { holdsMessagesTo, type Rule } from './rule.ts';
import { x, times, plain, mrkdwn, actions, button, option, select, input, confirm } from './samples.ts';

const groups = (length: number) => times(length, () => ({ label: plain('x'), options: [option()] }));

const rules: readonly Rule[] = [
  {
    rule: 'a button text has at most 75 characters',
    keeps: [actions(button({ text: plain(x(75)) }))],
    breaks: [actions(button({ text: plain(x(76)) }))],
    says: 'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
  },
  {
    rule: 'a button value has at most 2,000 characters',
    keeps: [actions(button({ value: x(2000) }))],
    breaks: [actions(button({ value: x(2001) }))],
    says: '[json-pointer:/blocks/0/elements/0/value]',
  },
  {
    rule: 'an input label has at most 2,000 characters',
    keeps: [input({ label: plain(x(2000)) })],
    breaks: [input({ label: plain(x(2001)) })],
    says: '[json-pointer:/blocks/0/label/text]',
  },
  {
    rule: 'an input hint has at most 2,000 characters',
    keeps: [input({ hint: plain(x(2000)) })],
    breaks: [input({ hint: plain(x(2001)) })],
    says: '[json-pointer:/blocks/0/hint/text]',
  },
  {
    rule: 'a button URL has at most 3,000 characters',
    keeps: [actions(button({ url: x(3000) }))],
    breaks: [actions(button({ url: x(3001) }))],
    says: '[json-pointer:/blocks/0/elements/0/url]',
  },
  {
    rule: 'an accessibility label has at most 75 characters',
    keeps: [actions(button({ accessibility_label: x(75) }))],
    breaks: [actions(button({ accessibility_label: x(76) }))],
    says: '[json-pointer:/blocks/0/elements/0/accessibility_label]',
  },
  {
    rule: 'an option description has at most 75 characters',
    keeps: [actions(select({ options: [option({ description: plain(x(75)) })] }))],
    breaks: [actions(select({ options: [option({ description: plain(x(76)) })] }))],
    says: '[json-pointer:/blocks/0/elements/0/options/0/description/text]',
  },
  {
    rule: 'a select has at most 100 option groups',
    keeps: [actions(select({ options: undefined, option_groups: groups(100) }))],
    breaks: [actions(select({ options: undefined, option_groups: groups(101) }))],
    says: '[json-pointer:/blocks/0/elements/0/option_groups]',
  },
  {
    rule: 'a button style is primary or danger',
    keeps: [actions(button({ style: 'danger' }))],
    breaks: [actions(button({ style: 'warning' }))],
    says: '[json-pointer:/blocks/0/elements/0/style]',
  },
  {
    rule: 'an action_id has at most 255 characters',
    keeps: [actions(button({ action_id: x(255) }))],
    breaks: [actions(button({ action_id: x(256) }))],
    says: '[json-pointer:/blocks/0/elements/0/action_id]',
  },
  {
    rule: 'an action_id occurs once in a block',
    keeps: [actions(button({ action_id: 'a' })), actions(button({ action_id: 'a' }))],
    breaks: [actions(button({ action_id: 'a' }), button({ action_id: 'a' }))],
    says: '`action_id` a already exists [json-pointer:/blocks/0/elements/1/action_id]',
  },
  {
    rule: 'a confirm title has at most 100 characters',
    keeps: [actions(button({ confirm: confirm({ title: plain(x(100)) }) }))],
    breaks: [actions(button({ confirm: confirm({ title: plain(x(101)) }) }))],
    says: '[json-pointer:/blocks/0/elements/0/confirm/title/text]',
  },
  {
    rule: 'a confirm text has at most 300 characters',
    keeps: [actions(button({ confirm: confirm({ text: mrkdwn(x(300)) }) }))],
    breaks: [actions(button({ confirm: confirm({ text: mrkdwn(x(301)) }) }))],
    says: '[json-pointer:/blocks/0/elements/0/confirm/text/text]',
  },
  {
    rule: 'a confirm button has at most 30 characters',
    keeps: [actions(button({ confirm: confirm({ confirm: plain(x(30)), deny: plain(x(30)) }) }))],
    breaks: [actions(button({ confirm: confirm({ confirm: plain(x(31)) }) }))],
    says: '[json-pointer:/blocks/0/elements/0/confirm/confirm/text]',
  },
  {
    rule: 'a select has at most 100 options',
    keeps: [actions(select({ options: times(100, () => option()) }))],
    breaks: [actions(select({ options: times(101, () => option()) }))],
    says: 'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
  },
  {
    rule: 'a select has options or option groups',
    keeps: [
      actions(select({ options: undefined, option_groups: [{ label: plain('x'), options: [option()] }] })),
    ],
    breaks: [actions({ type: 'static_select' })],
    says: 'must provide either options or option_groups [json-pointer:/blocks/0/elements/0]',
  },
  {
    rule: 'an option text has at most 75 characters',
    keeps: [actions(select({ options: [option({ text: plain(x(75)) })] }))],
    breaks: [actions(select({ options: [option({ text: plain(x(76)) })] }))],
    says: '[json-pointer:/blocks/0/elements/0/options/0/text/text]',
  },
  {
    rule: 'an option value has at most 75 characters',
    keeps: [actions(select({ options: [option({ value: x(75) })] }))],
    breaks: [actions(select({ options: [option({ value: x(76) })] }))],
    says: '[json-pointer:/blocks/0/elements/0/options/0/value]',
  },
  {
    rule: 'a placeholder has at most 150 characters',
    keeps: [actions(select({ placeholder: plain(x(150)) }))],
    breaks: [actions(select({ placeholder: plain(x(151)) }))],
    says: '[json-pointer:/blocks/0/elements/0/placeholder/text]',
  },
  {
    rule: 'radio buttons have at most 10 options',
    keeps: [actions({ type: 'radio_buttons', options: times(10, () => option()) })],
    breaks: [actions({ type: 'radio_buttons', options: times(11, () => option()) })],
    says: 'no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]',
  },
  {
    rule: 'an overflow menu has at most 5 options',
    keeps: [actions({ type: 'overflow', options: times(5, () => option()) })],
    breaks: [actions({ type: 'overflow', options: times(6, () => option()) })],
    says: 'no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]',
  },
  {
    rule: 'a plain text input takes at most 3,000 characters',
    keeps: [input({ element: { type: 'plain_text_input', max_length: 3000 } })],
    breaks: [input({ element: { type: 'plain_text_input', max_length: 3001 } })],
    says: '[json-pointer:/blocks/0/element/max_length]',
  },
  {
    rule: 'an input holds something to fill in, not a button',
    keeps: [input()],
    breaks: [input({ element: button() })],
    says: 'unsupported type: button [json-pointer:/blocks/0/element/type]',
  },
  {
    rule: 'an input element stands in an input block',
    keeps: [input({ element: { type: 'number_input', is_decimal_allowed: false } })],
    breaks: [actions({ type: 'number_input', is_decimal_allowed: false })],
    says: 'unsupported type: number_input [json-pointer:/blocks/0/elements/0/type]',
  },
  {
    rule: 'an element has no unknown fields',
    keeps: [actions(button({ accessibility_label: 'x' }))],
    breaks: [actions(button({ disabled: true }))],
    says: 'unsupported property: disabled [json-pointer:/blocks/0/elements/0]',
  },
];

describe('what can be pressed, chosen or filled in', () => {
  holdsMessagesTo(rules);
});
