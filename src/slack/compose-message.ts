import type { KnownBlock } from '@slack/types';
import type { Button } from '../dispatch/request.ts';
import { fallbackText } from './fallback-text.ts';
import type { Page } from './pages.ts';
import { renderButtons } from './render-buttons.ts';
import { renderPage, smallPrint } from './render-page.ts';
import type { ButtonContent } from './stored-button.ts';

/** A message as Slack takes it, and what its buttons stand for. */
export interface ComposedMessage {
  readonly blocks: readonly KnownBlock[];
  /** For notifications and screen readers; escaped. */
  readonly text: string;
  readonly buttons: readonly { readonly id: string; readonly content: ButtonContent }[];
}

/** What turns the pages of an answer: the command is run anew. */
interface Turning {
  /** From 0. */
  readonly page: number;
  readonly of: number;
  readonly command: string | readonly string[];
}

export interface Extras {
  readonly turning?: Turning | undefined;
  /** Said in small print below the answer. */
  readonly note?: string | undefined;
}

/** @param randomId gives each button the opaque id that it carries. */
export function composeMessage(
  page: Page,
  randomId: () => string,
  { turning, note }: Extras = {},
): ComposedMessage {
  const buttons: { id: string; content: ButtonContent }[] = [];
  function keep(content: ButtonContent): string {
    const id = randomId();
    buttons.push({ id, content });
    return id;
  }
  const blocks = [
    ...renderPage(page, (button) => keep(contentOf(button))),
    ...(note === undefined ? [] : [smallPrint(note)]),
    ...(turning === undefined ? [] : turningBlocks(turning, keep)),
  ];
  return { blocks, text: fallbackText(page), buttons };
}

/** The same without anything to press, and a note that says why. */
export function withoutButtons(page: Page, note: string): ComposedMessage {
  const rest = page.filter((part) => part.kind !== 'buttons');
  return composeMessage(rest, () => '', { note });
}

function contentOf({ command, confirm, repeatable, form, pin }: Button): ButtonContent {
  if (form !== undefined) return { kind: 'form', command: [...command], form };
  const once = confirm !== undefined && repeatable !== true;
  return { kind: 'command', command: [...command], once, ...(pin !== undefined && { pin }) };
}

function turningBlocks(
  { page, of, command }: Turning,
  keep: (content: ButtonContent) => string,
): readonly KnownBlock[] {
  const words = typeof command === 'string' ? command : [...command];
  const to = (label: string, page: number) => ({ label, id: keep({ kind: 'page', command: words, page }) });
  return [
    smallPrint(`Page ${String(page + 1)} of ${String(of)}`),
    renderButtons([
      ...(page > 0 ? [to('Previous', page - 1)] : []),
      ...(page + 1 < of ? [to('Next', page + 1)] : []),
    ]),
  ];
}
