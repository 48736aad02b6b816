import { setTimeout as sleep } from 'node:timers/promises';
import type { AnnouncedAt, Announcement, Answer } from '../dispatch/request.ts';
import { type ChannelMessages, moreInThread } from './channel-messages.ts';
import type { Log } from './log.ts';
import { type Page, pagesOf } from './pages.ts';
import { slackFailure } from './slack-failure.ts';

interface AnnouncementTools {
  readonly messages: ChannelMessages;
  readonly now: () => number;
  readonly log: Log;
  /** Ends the waiting between edits. */
  readonly signal: AbortSignal;
}

/** Slack takes about fifty edits a minute; more often nobody can read. Milliseconds. */
const editEvery = 2_000;
/** An edit that fails is not tried again: a newer one follows. */
const onceOnly = { within: 0, tries: 1 };

/** The message is there for others, and can't be edited by us any more. */
const beyondEditing: ReadonlySet<string | undefined> = new Set([
  'message_not_found',
  'edit_window_closed',
  'cant_update_message',
]);

/** A message that was posted, and is edited until it is finished; one that never was is posted then. */
export function announcement(at: AnnouncedAt, tools: AnnouncementTools): Announcement {
  const { messages, now, log } = tools;
  const place = { channel: at.channel, thread: at.thread };
  let ts = at.message;
  let latest: Answer | null = null;
  let notBefore = now() + editEvery;
  let editing: Promise<void> | null = null;
  const finishing = new AbortController();
  const signal = AbortSignal.any([finishing.signal, tools.signal]);

  async function editAsItComes(): Promise<void> {
    while (latest !== null && !signal.aborted) {
      await sleep(Math.max(0, notBefore - now()), undefined, { signal }).catch(() => undefined);
      if (signal.aborted || ts === null) return;
      const [page] = pagesOf(latest);
      latest = null;
      notBefore = now() + editEvery;
      try {
        await messages.edit(place.channel, ts, page, { patience: onceOnly });
      } catch (error) {
        const failure = slackFailure('chat.update', error);
        notBefore = now() + Math.max(editEvery, failure.retryAfter ?? 0);
        log.warn({ error: failure.message }, 'progress could not be shown');
        if (beyondEditing.has(failure.code)) return;
      }
    }
  }

  async function showLast(page: Page, note: string | undefined): Promise<string> {
    if (ts === null) return messages.post(place, page, { note });
    try {
      await messages.edit(place.channel, ts, page, { note });
      return ts;
    } catch (error) {
      const failure = slackFailure('chat.update', error);
      if (!beyondEditing.has(failure.code)) throw failure;
      log.warn({ error: failure.message }, 'a message could not be edited any more; it is posted again');
      return messages.post(place, page, { note });
    }
  }

  return {
    message: at.message,
    update(answer) {
      if (finishing.signal.aborted) return;
      latest = answer;
      editing ??= editAsItComes().finally(() => {
        editing = null;
      });
    },
    async finish(answer) {
      finishing.abort();
      await editing;
      const [page, ...rest] = pagesOf(answer);
      ts = await showLast(page, moreInThread(rest));
      await messages.postRest({ channel: place.channel, thread: place.thread ?? ts }, rest);
    },
  };
}
