import type { Names } from './names.ts';

/**
 * Slack's mrkdwn as plain text: references become names, links their text, entities the characters they stand for.
 * Source: https://docs.slack.dev/messaging/formatting-message-text
 */
export function readMrkdwn(text: string, names: Names): string {
  return text
    .replaceAll(/<([^<>|]*)(?:\|([^<>]*))?>/g, (_, target: string, label: string | undefined) =>
      reference(target, label, names),
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function reference(target: string, label: string | undefined, names: Names): string {
  if (target.startsWith('@')) return `@${names.user(target.slice(1))}`;
  if (target.startsWith('#')) return `#${names.channel(target.slice(1))}`;
  if (target.startsWith('!subteam^')) return `@${names.group(target.slice('!subteam^'.length))}`;
  if (target.startsWith('!date^')) return label ?? target;
  if (target.startsWith('!')) return `@${target.slice(1)}`;
  return label ?? target;
}
