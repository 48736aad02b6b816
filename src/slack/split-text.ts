import type { Inline } from '../dispatch/request.ts';
import { inlineText } from './clean-answer.ts';
import { escapedLength, splitAt } from './escape-text.ts';

/** Cuts a text into pieces of at most `limit` escaped characters, at the end of a line or word where there is one. */
export function splitText(text: string, limit: number): readonly string[] {
  const pieces: string[] = [];
  let rest = text;
  while (escapedLength(rest) > limit) {
    const [head] = splitAt(rest, limit);
    const end = goodEnd(head);
    pieces.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).replace(/^\n/, '');
  }
  return [...pieces, rest].filter((piece) => piece.trim() !== '');
}

/** Where to cut so that at least half of what fits is kept. */
function goodEnd(head: string): number {
  const line = head.lastIndexOf('\n') + 1;
  if (line > head.length / 2) return line;
  const word = head.lastIndexOf(' ') + 1;
  return word > head.length / 2 ? word : head.length;
}

/** The same for text with styles and names in it. */
export function splitInlines(text: readonly Inline[], limit: number): readonly (readonly Inline[])[] {
  const pieces: Inline[][] = [];
  let piece: Inline[] = [];
  let room = limit;
  for (const inline of text.flatMap((inline) => splitInline(inline, limit))) {
    const size = inlineSize(inline);
    if (size > room && piece.length > 0) {
      pieces.push(piece);
      piece = [];
      room = limit;
    }
    piece.push(inline);
    room -= size;
  }
  return piece.length === 0 ? pieces : [...pieces, piece];
}

function splitInline(inline: Inline, limit: number): readonly Inline[] {
  if (inlineSize(inline) <= limit) return [inline];
  if (typeof inline === 'string') return splitText(inline, limit);
  if ('code' in inline) return splitText(inline.code, limit).map((code) => ({ code }));
  if ('strong' in inline) return splitText(inline.strong, limit).map((strong) => ({ strong }));
  return [inline];
}

/** Escaped characters; names are counted as long as they may get. */
export function inlineSize(inline: Inline): number {
  const named =
    typeof inline !== 'string' && ('person' in inline || 'group' in inline || 'channel' in inline);
  return Math.max(escapedLength(inlineText(inline)), named ? 80 : 0);
}
