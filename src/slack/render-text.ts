import type { RichTextBlock, RichTextElement } from '@slack/types';
import type { Inline } from '../dispatch/request.ts';
import { inlineText, nothing } from './clean-answer.ts';

/** Text as rich text: Slack takes every character of it as it is. */
export function richText(text: readonly Inline[]): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: text.map(richTextElement) }],
  };
}

export function preformatted(text: string): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
  };
}

/** Names whatever looks like an id of Slack's; what doesn't is text, since Slack refuses it as a name. */
export function richTextElement(inline: Inline): RichTextElement {
  if (typeof inline === 'string') return { type: 'text', text: inline };
  if ('code' in inline) return { type: 'text', text: inline.code, style: { code: true } };
  if ('strong' in inline) return { type: 'text', text: inline.strong, style: { bold: true } };
  if ('person' in inline && /^[UW][A-Z0-9]+$/.test(inline.person)) {
    return { type: 'user', user_id: inline.person };
  }
  if ('group' in inline && /^S[A-Z0-9]+$/.test(inline.group)) {
    return { type: 'usergroup', usergroup_id: inline.group };
  }
  if ('channel' in inline && /^[CDG][A-Z0-9]+$/.test(inline.channel)) {
    return { type: 'channel', channel_id: inline.channel };
  }
  const text = inlineText(inline);
  if (!('time' in inline) || Number.isNaN(new Date(inline.time).getTime())) {
    return { type: 'text', text: text || nothing };
  }
  return {
    type: 'date',
    timestamp: Math.floor(inline.time / 1000),
    format: '{date_short_pretty} {time_secs}',
    fallback: text,
  };
}
