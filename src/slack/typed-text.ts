/**
 * What a person meant by a text that Slack and a phone's keyboard changed on the way.
 *
 * - Links that Slack made are undone: `<http://host|host>` is what was typed, `host`. People, channels and user groups
 *   become their ids, which nobody can change: `<@U1|ann>` is `U1`.
 * - `&lt;`, `&gt;` and `&amp;` are unescaped, once.
 * - Curly quotes become straight ones, odd spaces plain ones, characters without width go.
 * - Dashes: a long dash before a word, and an em dash anywhere in one, stand for `--`; an en dash before one letter or
 *   inside a word for `-`. A dash that stands alone is left: it belongs to a sentence.
 * - A text that is wholly in backticks is taken out of them: a line pasted from a runbook.
 *
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function typedText(text: string): string {
  const plain = text
    .toWellFormed()
    .replace(/<([^<>\n]{1,4000})>/g, (_, link: string) => linkAsTyped(link))
    .replace(/&(lt|gt|amp);/g, (entity) => entities[entity] ?? entity)
    .replace(/\r\n?/g, '\n')
    .replace(/[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g, ' ')
    .replace(/[\u200B\u2060\uFEFF]/g, '')
    .replace(/[\u201C-\u201F]/g, '"')
    .replace(/[\u2018-\u201B]/g, "'")
    .trim();
  return straightDashes(withoutBackticks(plain));
}

/** The command in a mention: the text without the bot's name where that stands first. `bot` is its user id. */
export function mentionedText(text: string, bot: string): string {
  const mention = new RegExp(String.raw`^\s*<@${bot}(?:\|[^<>]*)?>\s*[:,]?`);
  return typedText(text.replace(mention, ''));
}

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

function linkAsTyped(link: string): string {
  const bar = link.indexOf('|');
  const target = bar === -1 ? link : link.slice(0, bar);
  const label = bar === -1 ? '' : link.slice(bar + 1);
  if (/^[@#][A-Z0-9]+$/.test(target)) return target.slice(1);
  const group = /^!subteam\^([A-Z0-9]+)$/.exec(target)?.[1];
  if (group !== undefined) return group;
  if (target.startsWith('!')) return label || `@${target.slice(1)}`;
  return label || target.replace(/^(?:mailto|tel):/, '');
}

function withoutBackticks(text: string): string {
  const inside = /^(`{3}|`)([^`]+)\1$/.exec(text)?.[2];
  return inside === undefined ? text : inside.trim();
}

function straightDashes(text: string): string {
  return text
    .replace(/[\u2010-\u2012\u2212]/g, '-')
    .replace(/(^|[\s"'])[\u2013-\u2015](?=\p{L}[\p{L}\p{N}])/gu, '$1--')
    .replace(/[\u2014\u2015](?=\S)|(?<=\S)[\u2014\u2015]/gu, '--')
    .replace(/\u2013(?=\S)|(?<=\S)\u2013/gu, '-');
}
