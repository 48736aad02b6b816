import type { Happenings } from './happenings.ts';
import type { Ids } from './ids.ts';
import type { Json } from './json.ts';

export interface Content {
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly attachments: readonly Json[];
}

/** One message, as it stands. A changed message is a new object, so that one can hold on to what was seen. */
export interface Message extends Content {
  readonly channel: string;
  readonly ts: string;
  /** The `ts` of the message whose thread it is in. */
  readonly thread: string | null;
  /** User id; the app's bot user for what the app posts. */
  readonly author: string;
  /** The one user who sees it, for an ephemeral message. */
  readonly visibleTo: string | null;
  readonly files: readonly string[];
  /** How often it was edited. */
  readonly edits: number;
}

type Draft = Content & Pick<Message, 'channel' | 'thread' | 'author' | 'visibleTo' | 'files'>;

export interface Messages {
  post(draft: Draft): Message;
  edit(message: Message, content: Content): Message;
  remove(message: Message): void;
  /** Ephemeral ones too. */
  find(channel: string, ts: string): Message | undefined;
  /** In the order they were posted, thread replies and ephemeral ones included. */
  all(): readonly Message[];
}

export function createMessages(ids: Ids, happenings: Happenings): Messages {
  const messages = new Map<string, Message>();

  function keep(message: Message, change: 'posted' | 'edited'): Message {
    messages.set(key(message.channel, message.ts), message);
    happenings.tell({ kind: 'message', change, message });
    return message;
  }

  return {
    post: (draft) => keep({ ...draft, ts: ids.timestamp(), edits: 0 }, 'posted'),
    edit: (message, content) => keep({ ...message, ...content, edits: message.edits + 1 }, 'edited'),
    remove(message) {
      messages.delete(key(message.channel, message.ts));
      happenings.tell({ kind: 'message', change: 'deleted', message });
    },
    find: (channel, ts) => messages.get(key(channel, ts)),
    all: () => [...messages.values()],
  };
}

function key(channel: string, ts: string): string {
  return `${channel} ${ts}`;
}
