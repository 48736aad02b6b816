import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { messagesIn } from './seen.ts';
import { useHere } from './workspace-context.ts';

export function ThreadPanel({ channel, ts }: { readonly channel: string; readonly ts: string }) {
  const { world, me } = useHere();
  const messages = messagesIn(world, channel, me.id).filter((each) => each.ts === ts || each.thread === ts);
  return (
    <>
      <MessageList
        label="Messages in the thread"
        messages={messages}
        replies={[]}
        openThread={null}
        empty="This thread isn’t there any more, or isn’t yours to see."
      />
      <Composer channel={channel} thread={ts} label="Reply" />
    </>
  );
}
