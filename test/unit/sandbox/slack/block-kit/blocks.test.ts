import { describe, expect, it } from 'vitest';
import { checkMessageBlocks } from '../../../../../src/sandbox/slack/block-kit/check-blocks.ts';
import { holdsMessagesTo, refusalBy, type Rule } from './rule.ts';
import { x, times, plain, mrkdwn, divider, section, actions, button } from './samples.ts';

const texts = (last: number) => [
  ...times(4, () => section({ text: plain(x(3000)) })),
  section({ text: plain(x(last)) }),
];

const image = (fields: object) => ({
  type: 'image',
  image_url: 'https://example.com/a.png',
  alt_text: 'x',
  ...fields,
});

const rules: readonly Rule[] = [
  {
    rule: 'a message has at most 50 blocks',
    keeps: times(50, () => divider),
    breaks: times(51, () => divider),
    says: 'no more than 50 items allowed [json-pointer:/blocks]',
  },
  {
    rule: 'a section text has at most 3,000 characters',
    keeps: [section({ text: plain(x(3000)) })],
    breaks: [section({ text: plain(x(3001)) })],
    says: 'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  },
  {
    rule: 'a text is not empty',
    keeps: [section({ text: mrkdwn('x') })],
    breaks: [section({ text: mrkdwn('') })],
    says: 'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
  },
  {
    rule: 'a section has a text or fields',
    keeps: [section({ fields: [plain('x')] })],
    breaks: [section({})],
    says: 'must provide either text or fields [json-pointer:/blocks/0]',
  },
  {
    rule: 'a section has at most 10 fields',
    keeps: [section({ fields: times(10, () => plain('x')) })],
    breaks: [section({ fields: times(11, () => plain('x')) })],
    says: 'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
  },
  {
    rule: 'a field has at most 2,000 characters',
    keeps: [section({ fields: [mrkdwn(x(2000))] })],
    breaks: [section({ fields: [mrkdwn(x(2001))] })],
    says: 'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
  },
  {
    rule: 'a header has at most 150 characters',
    keeps: [{ type: 'header', text: plain(x(150)) }],
    breaks: [{ type: 'header', text: plain(x(151)) }],
    says: 'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
  },
  {
    rule: 'a header is plain text',
    keeps: [{ type: 'header', text: plain('x') }],
    breaks: [{ type: 'header', text: mrkdwn('x') }],
    says: '[json-pointer:/blocks/0/text/type]',
  },
  {
    rule: 'a context has at most 10 elements',
    keeps: [{ type: 'context', elements: times(10, () => plain('x')) }],
    breaks: [{ type: 'context', elements: times(11, () => plain('x')) }],
    says: 'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
  },
  {
    rule: 'a context holds texts and images only',
    keeps: [{ type: 'context', elements: [mrkdwn('x')] }],
    breaks: [{ type: 'context', elements: [button()] }],
    says: 'unsupported type: button [json-pointer:/blocks/0/elements/0/type]',
  },
  {
    rule: 'an actions block has at most 25 elements',
    keeps: [actions(...times(25, () => button()))],
    breaks: [actions(...times(26, () => button()))],
    says: 'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
  },
  {
    rule: 'an actions block is not empty',
    keeps: [actions(button())],
    breaks: [actions()],
    says: 'must provide at least 1 items [json-pointer:/blocks/0/elements]',
  },
  {
    rule: 'a block_id has at most 255 characters',
    keeps: [{ ...divider, block_id: x(255) }],
    breaks: [{ ...divider, block_id: x(256) }],
    says: '[json-pointer:/blocks/0/block_id]',
  },
  {
    rule: 'a block_id occurs once in a message',
    keeps: [
      { ...divider, block_id: 'a' },
      { ...divider, block_id: 'b' },
    ],
    breaks: [
      { ...divider, block_id: 'a' },
      { ...divider, block_id: 'a' },
    ],
    says: '`block_id` a already exists [json-pointer:/blocks/1/block_id]',
  },
  {
    rule: 'an image title has at most 2,000 characters',
    keeps: [image({ title: plain(x(2000)) })],
    breaks: [image({ title: plain(x(2001)) })],
    says: '[json-pointer:/blocks/0/title/text]',
  },
  {
    rule: 'an image URL has at most 3,000 characters',
    keeps: [image({ image_url: `https://example.com/${x(2980)}` })],
    breaks: [image({ image_url: `https://example.com/${x(2981)}` })],
    says: '[json-pointer:/blocks/0/image_url]',
  },
  {
    rule: 'an alt text has at most 2,000 characters',
    keeps: [{ type: 'image', image_url: 'https://example.com/a.png', alt_text: x(2000) }],
    breaks: [{ type: 'image', image_url: 'https://example.com/a.png', alt_text: x(2001) }],
    says: '[json-pointer:/blocks/0/alt_text]',
  },
  {
    rule: 'an image has a source',
    keeps: [{ type: 'image', slack_file: { id: 'F1' }, alt_text: 'x' }],
    breaks: [{ type: 'image', alt_text: 'x' }],
    says: 'must provide either image_url or slack_file [json-pointer:/blocks/0]',
  },
  {
    rule: 'markdown has at most 12,000 characters',
    keeps: [{ type: 'markdown', text: x(12_000) }],
    breaks: [{ type: 'markdown', text: x(12_001) }],
    says: '[json-pointer:/blocks/0/text]',
  },
  {
    rule: 'a block is of a known type',
    keeps: [divider],
    breaks: [{ type: 'rule' }],
    says: 'unsupported type: rule [json-pointer:/blocks/0/type]',
  },
  {
    rule: 'a block has a type',
    keeps: [divider],
    breaks: [{ text: plain('x') }],
    says: '[json-pointer:/blocks/0/type]',
  },
  {
    rule: 'a block has no unknown fields',
    keeps: [section({ text: plain('x'), expand: true })],
    breaks: [section({ text: plain('x'), colour: 'red' })],
    says: 'unsupported property: colour [json-pointer:/blocks/0]',
  },
  {
    rule: 'plain text is never mrkdwn-only verbatim',
    keeps: [section({ text: { ...mrkdwn('x'), verbatim: true } })],
    breaks: [section({ text: { ...plain('x'), verbatim: true } })],
    says: 'unsupported property: verbatim [json-pointer:/blocks/0/text]',
  },
  {
    rule: 'a message has no alert',
    keeps: [divider],
    breaks: [{ type: 'alert', text: plain('x') }],
    says: 'unsupported type: alert [json-pointer:/blocks/0/type]',
  },
  {
    rule: 'a message has no file block',
    keeps: [divider],
    breaks: [{ type: 'file', source: 'remote', external_id: 'x' }],
    says: 'unsupported type: file [json-pointer:/blocks/0/type]',
  },
];

describe('blocks in a message', () => {
  holdsMessagesTo(rules);

  it('have at most 13,200 characters of text between them', () => {
    expect(refusalBy(() => checkMessageBlocks(texts(1200)))).toBeNull();
    expect(refusalBy(() => checkMessageBlocks(texts(1201)))?.code).toBe('msg_blocks_too_long');
  });
});
