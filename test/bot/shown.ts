import type { Message, Workspace } from '../../src/sandbox/slack/workspace.ts';

/** Everything that a message shows: its fallback text and every string in its blocks. */
export function shown(message: Message): string {
  return [message.text, ...strings(message.blocks)].join('\n');
}

/** The cells of a message's table, row by row, the header first. */
export function tableOf(message: Message): readonly (readonly string[])[] {
  const table = message.blocks.find((block) => block['type'] === 'table');
  const rows = Array.isArray(table?.['rows']) ? table['rows'] : [];
  return rows.map((row) => (Array.isArray(row) ? row.map((cell) => strings(cell).join('')) : []));
}

/** What the buttons below a message are called. */
export function buttonLabels(message: Message): readonly string[] {
  const actions = message.blocks.filter(({ type }) => type === 'actions');
  return actions.flatMap(({ elements }) =>
    Array.isArray(elements) ? elements.map((button) => strings(button)[0] ?? '') : [],
  );
}

/** What one person was whispered last in a channel, once `find` finds it right. */
export async function whisper(
  workspace: Workspace,
  user: string,
  channel: string,
  find: (text: string) => boolean,
  deadlineMs = 20_000,
): Promise<Message> {
  return workspace.waitFor(
    () => workspace.ephemerals(user, channel).findLast((message) => find(shown(message))),
    deadlineMs,
  );
}

const texts = new Set(['text', 'fallback', 'alt_text']);

function strings(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string') return texts.has(key) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((each: unknown) => strings(each, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => strings(each, name));
}
