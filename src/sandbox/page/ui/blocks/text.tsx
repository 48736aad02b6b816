import type { TextObject } from '@slack/types';
import { Mrkdwn } from './mrkdwn-text.tsx';
import { withEmoji } from './emoji.ts';

/** A text object: plain, where nothing but the names of emoji means anything, or mrkdwn. */
export function Text({ text }: { readonly text: TextObject }) {
  if (text.type === 'mrkdwn') return <Mrkdwn text={text.text} />;
  return <span className="plain">{text.emoji === false ? text.text : withEmoji(text.text)}</span>;
}
