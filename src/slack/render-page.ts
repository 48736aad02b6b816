import type { ContextBlock, KnownBlock, MrkdwnElement, RichTextBlock } from '@slack/types';
import type { Button, Fact, Inline } from '../dispatch/request.ts';
import { type CleanPart, inlineText } from './clean-answer.ts';
import { limits } from './limits.ts';
import type { Page } from './pages.ts';
import { progressBar, progressText } from './progress-text.ts';
import { plainText, renderButtons } from './render-buttons.ts';
import { renderTable } from './render-table.ts';
import { preformatted, richText, richTextElement } from './render-text.ts';

/** Block Kit for one message. @param idOf gives the opaque id that a button carries. */
export function renderPage(page: Page, idOf: (button: Button) => string): readonly KnownBlock[] {
  return page.length === 0
    ? [richText(['There is nothing to show.'])]
    : page.map((part) => renderPart(part, idOf));
}

function renderPart(part: CleanPart, idOf: (button: Button) => string): KnownBlock {
  switch (part.kind) {
    case 'heading':
      return { type: 'header', text: plainText(part.text) };
    case 'text':
      return richText(part.text);
    case 'note':
      return renderNote(part.text);
    case 'facts':
      return renderFacts(part.facts);
    case 'table':
      return renderTable(part);
    case 'code':
      return preformatted(part.text);
    case 'progress':
      return richText([{ code: progressBar(part) }, ` ${progressText(part)}`]);
    case 'buttons':
      return renderButtons(part.buttons.map((button) => ({ ...button, id: idOf(button) })));
  }
}

/** Small print is plain text but for names and times, which are Slack's own. More runs than a block takes are joined. */
function renderNote(text: readonly Inline[]): ContextBlock | RichTextBlock {
  const runs: Inline[] = [];
  for (const inline of text) {
    const last = runs.at(-1);
    const joins = last !== undefined && !isName(last) && !isName(inline);
    if (joins) runs.splice(-1, 1, inlineText(last) + inlineText(inline));
    else runs.push(inline);
  }
  if (runs.length > limits.contextElements) return richText(text);
  return {
    type: 'context',
    elements: runs.map((inline) => slackMarkup(inline) ?? plainText(inlineText(inline))),
  };
}

function isName(inline: Inline): boolean {
  return slackMarkup(inline) !== undefined;
}

/** A name or time in mrkdwn: safe, as it is made of nothing but an id or a number. */
function slackMarkup(inline: Inline): MrkdwnElement | undefined {
  const element = richTextElement(inline);
  if (element.type === 'user') return markup(`@${element.user_id}`);
  if (element.type === 'usergroup') return markup(`!subteam^${element.usergroup_id}`);
  if (element.type === 'channel') return markup(`#${element.channel_id}`);
  if (element.type !== 'date') return undefined;
  const { timestamp, format, fallback = '' } = element;
  return markup(`!date^${String(timestamp)}^${format}|${fallback}`);
}

function markup(name: string): MrkdwnElement {
  return { type: 'mrkdwn', text: `<${name}>` };
}

export function smallPrint(text: string): ContextBlock {
  return { type: 'context', elements: [plainText(text)] };
}

function renderFacts(facts: readonly Fact[]): RichTextBlock {
  return richText(
    facts.flatMap(({ label, value }, index): readonly Inline[] => [
      { strong: `${index === 0 ? '' : '\n'}${label}: ` },
      ...value,
    ]),
  );
}
