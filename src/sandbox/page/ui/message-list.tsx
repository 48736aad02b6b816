import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Message } from '../protocol.ts';
import { dayOf } from './clock.ts';
import { MessageItem } from './message-item.tsx';

interface Parts {
  readonly label: string;
  readonly messages: readonly Message[];
  /** Messages in threads. */
  readonly replies: readonly Message[];
  readonly openThread: ((ts: string) => void) | null;
  readonly empty: string;
}

/** So near to the end one counts as being there, in pixels. */
const nearEnd = 60;
/** What one author says within so many seconds stands under one name. */
const togetherWithin = 300;

export function MessageList({ label, messages, replies, openThread, empty }: Parts) {
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useLayoutEffect(() => {
    if (isAtEnd.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  });
  useEffect(() => {
    const { current } = list;
    if (current === null) return undefined;
    const stay = new ResizeObserver(() => {
      if (isAtEnd.current) current.scrollTo({ top: current.scrollHeight });
    });
    // What is in a message may grow after it was shown: a file is fetched, a picture is loaded.
    if (current.firstElementChild !== null) stay.observe(current.firstElementChild);
    stay.observe(current);
    return () => stay.disconnect();
  }, []);

  function look({ scrollHeight, scrollTop, clientHeight }: HTMLElement): void {
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < nearEnd;
  }
  return (
    <div
      ref={list}
      className="messages"
      role="log"
      aria-label={label}
      tabIndex={0}
      onScroll={({ currentTarget }) => look(currentTarget)}
    >
      <div>
        {messages.length === 0 && <p className="empty">{empty}</p>}
        {messages.map((message, index) => {
          const before = messages[index - 1];
          const isNewDay = before === undefined || dayOf(before.ts) !== dayOf(message.ts);
          return (
            <div key={message.ts}>
              {isNewDay && (
                <div className="day">
                  <span>{dayOf(message.ts)}</span>
                </div>
              )}
              <MessageItem
                message={message}
                isContinued={!isNewDay && continues(before, message)}
                replies={replies.filter(({ thread }) => thread === message.ts)}
                openThread={openThread}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function continues(before: Message, { author, visibleTo, ts }: Message): boolean {
  const isSoon = Number(ts) - Number(before.ts) < togetherWithin;
  return isSoon && before.author === author && before.visibleTo === null && visibleTo === null;
}
