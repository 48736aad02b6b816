import { z } from 'zod';
import type { Answer } from '../dispatch/request.ts';
import type { ComposedMessage } from './compose-message.ts';
import { type KeepingTools, composeAndKeep } from './keep-buttons.ts';
import { pagesOf } from './pages.ts';
import type { PersistenceTools } from './persistently.ts';
import { askersPatience, type ResponseUrl, respond, responseLimits } from './respond.ts';
import type { WebApi } from './web-api.ts';

/** Who is answered, and where. */
export interface Asker {
  readonly user: string;
  readonly channel: string;
  /** The thread that was asked in. */
  readonly thread: string | null;
  /** What was asked: turning a page asks for it again. */
  readonly command: string | readonly string[];
  /** The page that was asked for, from 0. */
  readonly page: number;
  readonly response: ResponseUrl | null;
  /** The button that was pressed, when it changes something: it works once. */
  readonly press?: string;
}

export interface WhisperTools extends KeepingTools, PersistenceTools {
  readonly api: WebApi;
}

/**
 * Tells the asker alone. Through the response_url where there is one: it works in channels that the bot isn't in, and
 * replaces an ephemeral message that was clicked. What was posted otherwise can't be replaced: a new message follows.
 * @returns a function that rejects with SlackFailure.
 */
export function whisperer(
  asker: Asker,
  tools: WhisperTools,
): (answer: Answer, place?: 'beside') => Promise<void> {
  const { user, channel, thread, response } = asker;
  let uses = 0;
  let turn: Promise<void> = Promise.resolve();

  async function postEphemeral({ text, blocks }: ComposedMessage): Promise<void> {
    const where = { channel, user, ...(thread !== null && { thread_ts: thread }) };
    await tools.api.call('chat.postEphemeral', { ...where, text, blocks }, z.object({}), askersPatience);
  }

  async function throughResponseUrl(message: ComposedMessage, place?: 'beside'): Promise<void> {
    const isGood =
      response !== null &&
      uses < responseLimits.uses &&
      tools.now() - response.since < responseLimits.lifetime;
    if (!isGood) return postEphemeral(message);
    uses += 1;
    try {
      await respond(place === 'beside' ? { ...response, original: 'none' } : response, message, tools);
    } catch (error) {
      tools.log.warn({ error }, 'a response_url did not take an answer');
      uses = responseLimits.uses;
      await postEphemeral(message);
    }
  }

  async function whisper(answer: Answer, place?: 'beside'): Promise<void> {
    const pages = pagesOf(answer);
    const index = Math.min(asker.page, pages.length - 1);
    const page = pages[index] ?? pages[0];
    const turning = { page: index, of: pages.length, command: asker.command };
    const message = await composeAndKeep(
      page,
      { channel, message: null, user },
      { turning: pages.length > 1 ? turning : undefined },
      tools,
    );
    // A public message is clicked in the channel, in its thread maybe: there the answer belongs.
    if (response?.original !== 'public') return throughResponseUrl(message, place);
    await postEphemeral(message).catch(() => throughResponseUrl(message, place));
  }

  return (answer, place) => {
    turn = turn.catch(() => undefined).then(() => whisper(answer, place));
    return turn;
  };
}
