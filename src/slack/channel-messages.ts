import { z } from 'zod';
import type { Answer } from '../dispatch/request.ts';
import { type KeepingTools, composeAndKeep } from './keep-buttons.ts';
import { type Page, pagesOf } from './pages.ts';
import type { Patience } from './persistently.ts';
import type { WebApi } from './web-api.ts';

/** Where a message goes: a channel, or a thread in it. */
interface Place {
  readonly channel: string;
  /** The `ts` of the message that the thread hangs from. */
  readonly thread: string | null;
}

/** Messages that everybody in a channel sees. Rejects with SlackFailure. */
export interface ChannelMessages {
  /** @returns the message's `ts`. */
  post(place: Place, page: Page, options?: SendOptions): Promise<string>;
  edit(channel: string, ts: string, page: Page, options?: SendOptions): Promise<void>;
  /** Posts an answer as a message, or as several when it is long. */
  postAll(place: Place, answer: Answer): Promise<void>;
  /** Posts what didn't fit into a message into the thread. */
  postRest(place: Place, rest: readonly Page[]): Promise<void>;
}

interface SendOptions {
  /** Said in small print below the page. */
  readonly note?: string | undefined;
  readonly patience?: Patience;
}

export interface ChannelMessageTools extends KeepingTools {
  readonly api: WebApi;
}

/** More messages than this are not posted in a row; the last one says how much is left out. */
const mostInARow = 20;

const posted = z.object({ ts: z.string() });

export function channelMessages(tools: ChannelMessageTools): ChannelMessages {
  const { api, buttons, log } = tools;

  async function post(
    { channel, thread }: Place,
    page: Page,
    { note, patience }: SendOptions = {},
  ): Promise<string> {
    const where = { channel, message: null, user: null };
    const composed = await composeAndKeep(page, where, { note }, tools);
    const { ts } = await api.call(
      'chat.postMessage',
      {
        channel,
        ...(thread !== null && { thread_ts: thread }),
        text: composed.text,
        blocks: composed.blocks,
        unfurl_links: false,
        unfurl_media: false,
      },
      posted,
      patience,
    );
    const ids = composed.buttons.map(({ id }) => id);
    if (ids.length > 0) {
      await buttons.bind(ids, ts).catch((error: unknown) => {
        log.error({ error }, 'buttons could not be bound to their message; they will not work');
      });
    }
    return ts;
  }

  async function postRest(place: Place, rest: readonly Page[]): Promise<void> {
    const left = rest.length - mostInARow;
    for (const [index, page] of rest.slice(0, mostInARow).entries()) {
      const isLast = index + 1 === mostInARow && left > 0;
      const note = isLast ? `${String(left)} more messages of this are left out.` : undefined;
      await post(place, page, { note });
    }
  }

  return {
    post,
    postRest,
    async edit(channel, ts, page, { note, patience } = {}) {
      const where = { channel, message: ts, user: null };
      const { text, blocks } = await composeAndKeep(page, where, { note }, tools);
      await api.call('chat.update', { channel, ts, text, blocks }, z.object({}), patience);
    },
    async postAll(place, answer) {
      const [first, ...rest] = pagesOf(answer);
      const ts = await post(place, first, { note: moreInThread(rest) });
      await postRest({ ...place, thread: place.thread ?? ts }, rest);
    },
  };
}

/** What a message says when its answer needs more than one. */
export function moreInThread(rest: readonly Page[]): string | undefined {
  return rest.length > 0 ? 'It goes on in the thread.' : undefined;
}
