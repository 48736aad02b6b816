import type { ReactNode } from 'react';
import type { Channel } from '../protocol.ts';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { useReadMark } from './read-mark.ts';
import { Screen } from './screen.tsx';
import { messagesIn } from './seen.ts';
import { useHere } from './workspace-context.ts';

interface Parts {
  readonly channel: Channel;
  readonly title: string;
  readonly tabs?: ReactNode;
  readonly openThread: (channel: string, ts: string) => void;
}

export function ChannelScreen({ channel, title, tabs, openThread }: Parts) {
  const { world, me } = useHere();
  const messages = messagesIn(world, channel.id, me.id);
  const roots = messages.filter(({ thread }) => thread === null);
  useReadMark(channel.id, roots.at(-1)?.ts);
  return (
    <Screen title={title} note={`${channel.members.length} members`} tabs={tabs}>
      <MessageList
        label={`Messages in ${channel.name}`}
        messages={roots}
        replies={messages.filter(({ thread }) => thread !== null)}
        openThread={(ts) => openThread(channel.id, ts)}
        empty={`This is the very beginning of ${title.replace('# ', '#')}.`}
      />
      <Composer channel={channel.id} thread={null} label={`Message ${title.replace('# ', '#')}`} />
    </Screen>
  );
}
