import { asObject, asText, objectsIn, type Json } from '../slack/json.ts';
import type { Names } from './names.ts';

/** A rich_text block as plain text, lines apart. */
export function drawRichText(block: Json, names: Names): string {
  return objectsIn(block['elements'])
    .map((element) => drawElement(element, names))
    .join('\n');
}

function drawElement(element: Json, names: Names): string {
  const parts = objectsIn(element['elements']);
  switch (element['type']) {
    case 'rich_text_list':
      return parts
        .map(
          (item, index) =>
            `${element['style'] === 'ordered' ? `${index + 1}.` : '•'} ${drawElement(item, names)}`,
        )
        .join('\n');
    case 'rich_text_quote':
      return quoted(parts.map((part) => drawInline(part, names)).join(''));
    default:
      return parts.map((part) => drawInline(part, names)).join('');
  }
}

function drawInline(inline: Json, names: Names): string {
  const text = (key: string) => asText(inline[key]) ?? '';
  switch (inline['type']) {
    case 'text':
      return asObject(inline['style'])?.['code'] === true ? `\`${text('text')}\`` : text('text');
    case 'link':
      return text('text') || text('url');
    case 'user':
      return `@${names.user(text('user_id'))}`;
    case 'usergroup':
      return `@${names.group(text('usergroup_id'))}`;
    case 'channel':
      return `#${names.channel(text('channel_id'))}`;
    case 'broadcast':
      return `@${text('range')}`;
    case 'emoji':
      return `:${text('name')}:`;
    case 'date':
      return text('fallback') || new Date(Number(inline['timestamp']) * 1000).toISOString();
    default:
      return '';
  }
}

function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}
