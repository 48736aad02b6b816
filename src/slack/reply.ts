import type { Announcement, Reply } from '../dispatch/request.ts';
import { Failure } from '../swarm/failure.ts';
import { announcement } from './announcement.ts';
import { type ChannelMessages, moreInThread } from './channel-messages.ts';
import { claimDelivery, type Deliveries } from './claim-delivery.ts';
import { pagesOf } from './pages.ts';
import { slackFailure } from './slack-failure.ts';
import { type Asker, type WhisperTools, whisperer } from './whisper.ts';

export interface ReplyTools extends WhisperTools {
  readonly messages: ChannelMessages;
  readonly deliveries: Deliveries;
  /** Sees every answer on its way, so that a stop can wait for it. */
  readonly track: <T>(sent: Promise<T>) => Promise<T>;
}

/** Nothing is changed before it is announced, and somebody waits for that. */
const beforeAChange = { within: 20_000, tries: 8 };

/** Answers a request, where it was made. */
export function replyTo(asker: Asker, tools: ReplyTools): Reply {
  const whisper = whisperer(asker, tools);
  const place = { channel: asker.channel, thread: asker.thread };
  return {
    whisper: (answer, where) => tools.track(whisper(answer, where)),
    async announce(answer) {
      if (asker.press !== undefined) await useUp(asker.press, tools);
      const [page, ...rest] = pagesOf(answer);
      const options = { patience: beforeAChange, note: moreInThread(rest) };
      const message = await tools.track(tools.messages.post(place, page, options).catch(explain));
      return tracked(announcement({ ...place, message }, tools), tools);
    },
  };
}

/** An announcement whose messages a stop waits for. */
export function tracked(announced: Announcement, { track }: Pick<ReplyTools, 'track'>): Announcement {
  return { ...announced, finish: (answer) => track(announced.finish(answer)) };
}

/**
 * A button that changes something works once, whoever presses it: two people who press "Roll back" at the same moment want
 * one rollback. It is used up when the change is about to begin, so not by those who may not.
 * @throws Failure when it was used before, or nobody knows.
 */
async function useUp(id: string, { deliveries, now }: ReplyTools): Promise<void> {
  const used = await claimDelivery(deliveries, `press:${id}`, now());
  if (used.claim === 'again') {
    throw new Failure('conflict', 'This button was pressed before. Look again: much may have changed since.');
  }
  if (used.claim === 'unknown') {
    throw new Failure('unavailable', "Shipmate can't reach its database, and nothing was changed.", {
      cause: used.error,
    });
  }
}

/** What a channel that can't be told means for whoever asked. */
const sentences: Readonly<Record<string, string>> = {
  not_in_channel: 'Shipmate is not in this channel. Invite me first: /invite @Shipmate',
  channel_not_found: 'Shipmate is not in this channel. Invite me first: /invite @Shipmate',
  is_archived: 'This channel is archived, and changes are told in the channel where they are asked for.',
  restricted_action: 'A setting of this workspace keeps Shipmate from posting in this channel.',
};

function explain(error: unknown): never {
  const failure = slackFailure('chat.postMessage', error);
  const sentence = sentences[failure.code ?? ''];
  throw sentence === undefined ? failure : new Failure('unavailable', sentence, { cause: failure });
}
