/** A piece of a text in Slack's mrkdwn. */
export type Mark =
  | { readonly kind: 'text' | 'code' | 'preformatted'; readonly text: string }
  | { readonly kind: 'bold' | 'italic' | 'strike' | 'quote'; readonly inside: readonly Mark[] }
  | { readonly kind: 'user' | 'channel' | 'group' | 'broadcast' | 'emoji'; readonly id: string }
  | { readonly kind: 'link'; readonly url: string; readonly text: string }
  | {
      readonly kind: 'date';
      readonly timestamp: number;
      readonly format: string;
      readonly fallback: string;
    };

const pieces = new RegExp(
  [
    /```\n?(?<preformatted>[\s\S]+?)```/u,
    /`(?<code>[^`\n]+)`/u,
    /<(?<target>[^<>|]+)(?:\|(?<label>[^<>]*))?>/u,
    /:(?<emoji>[\w+-]+):/u,
    /(?<![\p{L}\p{N}*_~])(?<sign>[*_~])(?=\S)(?<inside>[^\n]*?\S)\k<sign>(?![\p{L}\p{N}])/u,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gu',
);
const kinds = { '*': 'bold', _: 'italic', '~': 'strike' } as const;

/** Reads mrkdwn: https://docs.slack.dev/messaging/formatting-message-text */
export function readMrkdwn(text: string): readonly Mark[] {
  const lines = text.split('\n');
  const marks: Mark[] = [];
  for (let index = 0; index < lines.length;) {
    const isQuote = isQuoted(lines[index]);
    let end = index;
    while (end < lines.length && isQuoted(lines[end]) === isQuote) end += 1;
    const part = lines.slice(index, end);
    if (isQuote) {
      const inside = readPieces(part.map((line) => line.replace(quote, '')).join('\n'));
      marks.push({ kind: 'quote', inside });
    } else marks.push(...readPieces(part.join('\n')));
    index = end;
  }
  return marks;
}

const quote = /^(?:&gt;|>) ?/;

function isQuoted(line: string | undefined): boolean {
  return quote.test(line ?? '');
}

function readPieces(text: string): readonly Mark[] {
  const marks: Mark[] = [];
  let at = 0;
  for (const match of text.matchAll(pieces)) {
    if (match.index > at) marks.push(plain(text.slice(at, match.index)));
    marks.push(markOf(match.groups ?? {}));
    at = match.index + match[0].length;
  }
  if (at < text.length) marks.push(plain(text.slice(at)));
  return marks;
}

function markOf(groups: Readonly<Record<string, string | undefined>>): Mark {
  const { preformatted, code, target, label, emoji, sign, inside = '' } = groups;
  if (preformatted !== undefined) return { kind: 'preformatted', text: unescaped(preformatted) };
  if (code !== undefined) return { kind: 'code', text: unescaped(code) };
  if (target !== undefined) return reference(target, label);
  if (emoji !== undefined) return { kind: 'emoji', id: emoji };
  const kind = sign === '*' || sign === '_' || sign === '~' ? kinds[sign] : 'bold';
  return { kind, inside: readPieces(inside) };
}

function reference(target: string, label: string | undefined): Mark {
  const rest = target.slice(1);
  if (target.startsWith('@')) return { kind: 'user', id: rest };
  if (target.startsWith('#')) return { kind: 'channel', id: rest };
  if (target.startsWith('!subteam^')) return { kind: 'group', id: rest.slice('subteam^'.length) };
  if (target.startsWith('!date^')) {
    const [, timestamp = '', format = ''] = target.split('^');
    return { kind: 'date', timestamp: Number(timestamp), format, fallback: unescaped(label ?? '') };
  }
  if (target.startsWith('!')) return { kind: 'broadcast', id: rest };
  return { kind: 'link', url: unescaped(target), text: unescaped(label ?? target) };
}

function plain(text: string): Mark {
  return { kind: 'text', text: unescaped(text) };
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
