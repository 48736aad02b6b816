const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '`': 'ˋ' };

/**
 * Makes a text mean itself where Slack reads mrkdwn: no links, no mentions (`<!channel>`), no code.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function escapeText(text: string): string {
  return text.replace(/[&<>`]/g, (character) => entities[character] ?? character);
}

/** How many characters a text has for Slack, which counts them escaped. */
export function escapedLength(text: string): number {
  return text.length + 4 * (text.match(/[&<>]/g)?.length ?? 0);
}

/** The text, or as much of it as fits into `limit` characters when escaped, ending in `…`. */
export function shortened(text: string, limit: number): string {
  if (escapedLength(text) <= limit) return text;
  const [head] = splitAt(text, limit - 1);
  return `${head.trimEnd()}…`;
}

/** Splits where `limit` escaped characters are full, never inside a character. The head takes at least one. */
export function splitAt(text: string, limit: number): readonly [head: string, rest: string] {
  let length = 0;
  let end = 0;
  for (const character of text) {
    length += escapedLength(character);
    if (length > limit && end > 0) break;
    end += character.length;
  }
  return [text.slice(0, end), text.slice(end)];
}
