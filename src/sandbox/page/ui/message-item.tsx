import { memo } from 'react';
import type { Message } from '../protocol.ts';
import { Avatar } from './avatar.tsx';
import { Blocks } from './blocks/blocks.tsx';
import { Mrkdwn } from './blocks/mrkdwn-text.tsx';
import { Surface } from './blocks/surface.tsx';
import { momentOf, timeOf } from './clock.ts';
import { FileCard } from './file-card.tsx';
import { useHere } from './workspace-context.ts';

interface Parts {
  readonly message: Message;
  /** It stands under the message before, which has the same author. */
  readonly isContinued: boolean;
  readonly replies: readonly Message[];
  readonly openThread: ((ts: string) => void) | null;
}

export function MessageItem({ message, isContinued, replies, openThread }: Parts) {
  const { world } = useHere();
  const { ts, visibleTo } = message;
  const author = world.people.users.find(({ id }) => id === message.author);
  const name = author?.realName ?? message.author;
  const marks = ['message', ...(visibleTo === null ? [] : ['message--ephemeral'])];
  return (
    <article className={marks.join(' ')} aria-label={`${name}, ${timeOf(ts)}`} data-ts={ts}>
      {visibleTo !== null && <p className="message__note">Only visible to you</p>}
      <div className="message__row">
        {isContinued ? (
          <time className="message__margin" title={momentOf(ts)}>
            {timeOf(ts)}
          </time>
        ) : (
          <Avatar id={message.author} name={name} />
        )}
        <div className="message__body">
          {!isContinued && (
            <div className="message__head">
              <strong>{name}</strong>
              {author?.isBot === true && <span className="badge">App</span>}
              <time title={momentOf(ts)}>{timeOf(ts)}</time>
            </div>
          )}
          <Content message={message} />
          {message.edits > 0 && <span className="message__edited">(edited)</span>}
          {replies.length > 0 && openThread !== null && (
            <button type="button" className="replies" onClick={() => openThread(ts)}>
              {replies.length} {replies.length === 1 ? 'reply' : 'replies'}
              <time>last at {timeOf(replies.at(-1)?.ts ?? ts)}</time>
            </button>
          )}
        </div>
        {visibleTo === null && openThread !== null && (
          <button type="button" className="message__thread" onClick={() => openThread(ts)}>
            Reply in thread
          </button>
        )}
      </div>
    </article>
  );
}

const Content = memo(function Content({ message }: { readonly message: Message }) {
  const { channel, ts, blocks, text, attachments, files } = message;
  return (
    <Surface place={{ kind: 'message', channel, ts }}>
      {blocks.length > 0 ? <Blocks blocks={blocks} /> : text !== '' && <Mrkdwn text={text} />}
      {attachments.map((attachment, index) => (
        <div key={index} className="attachment" style={{ borderLeftColor: colorOf(attachment.color) }}>
          {attachment.blocks.length > 0 ? (
            <Blocks blocks={attachment.blocks} />
          ) : (
            <Mrkdwn text={attachment.text} />
          )}
        </div>
      ))}
      {files.map((file) => (
        <FileCard key={file.id} file={file} />
      ))}
    </Surface>
  );
});

const named: Readonly<Record<string, string>> = { good: '#2eb886', warning: '#daa038', danger: '#a30200' };

function colorOf(color: string): string | undefined {
  return named[color] ?? (/^#?[0-9a-f]{6}$/i.test(color) ? `#${color.replace('#', '')}` : undefined);
}
