import { textOf } from '../slack/controls.ts';
import { asText, objectsIn, type Json } from '../slack/json.ts';
import type { Message as PostedMessage, OpenView, Workspace } from '../slack/workspace.ts';
import { Blocks, type Message, type People, type View } from './protocol.ts';

/** What the page shows of the workspace, in the page's terms. */
export function pictureOfPeople({ directory }: Workspace): People {
  return { users: directory.users(), groups: directory.groups(), channels: directory.channels() };
}

/** Everything that was said anywhere, whoever may see it, oldest first. */
export function pictureOfMessages(workspace: Workspace): readonly Message[] {
  const { directory } = workspace;
  const all = directory
    .channels()
    .flatMap(({ id }) => [
      ...workspace.messages(id),
      ...directory.users().flatMap((user) => workspace.ephemerals(user.id, id)),
    ]);
  return all
    .map((message) => pictureOfMessage(message, workspace))
    .toSorted((a, b) => (a.ts < b.ts ? -1 : 1));
}

export function pictureOfMessage(message: PostedMessage, { files }: Workspace): Message {
  const { channel, ts, thread, author, visibleTo, text, edits } = message;
  return {
    channel,
    ts,
    thread,
    author,
    visibleTo,
    text,
    edits,
    blocks: Blocks.parse(message.blocks),
    attachments: message.attachments.map((attachment) => ({
      text: asText(attachment['text']) ?? asText(attachment['fallback']) ?? '',
      color: asText(attachment['color']) ?? '',
      blocks: Blocks.parse(objectsIn(attachment['blocks'])),
    })),
    files: files
      .filter(({ id }) => message.files.includes(id))
      .map(({ id, name, title, content }) => ({ id, name, title, bytes: content?.length ?? 0 })),
  };
}

/** Every modal and home tab, whoever has it before them; a user's modal in front comes last of theirs. */
export function pictureOfViews(workspace: Workspace): readonly View[] {
  return workspace.directory
    .users()
    .flatMap(({ id }) => [workspace.home(id), ...workspace.modals(id)])
    .filter((view) => view !== undefined)
    .map(pictureOfView);
}

export function pictureOfView({ id, user, kind, content }: OpenView): View {
  return {
    id,
    user,
    kind,
    title: textOf(content['title']),
    submit: submitLabel(content),
    close: textOf(content['close']) || (submitLabel(content) === null ? 'Close' : 'Cancel'),
    blocks: Blocks.parse(objectsIn(content['blocks'])),
  };
}

function submitLabel({ submit, blocks }: Json): string | null {
  const hasInput = objectsIn(blocks).some(({ type }) => type === 'input');
  return textOf(submit) || (hasInput ? 'Submit' : null);
}
