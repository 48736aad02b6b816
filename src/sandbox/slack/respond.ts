import { z } from 'zod';
import { checkContent } from './content.ts';
import { Refusal } from './refusal.ts';
import type { Origin } from './response-urls.ts';
import type { State } from './state.ts';

/** What an app posts to a response_url, or acknowledges a command with. */
const Body = z.looseObject({
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  attachments: z.unknown().optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: z.boolean().or(z.stringbool()).optional(),
  delete_original: z.boolean().or(z.stringbool()).optional(),
  thread_ts: z.string().optional(),
});

/**
 * Answers a command or a click. Only a click has an original: after a command, `replace_original` posts a new message,
 * as Slack does (https://github.com/slackapi/bolt-js/issues/2287).
 * @throws Refusal as `chat.postMessage` does, or `invalid_payload`.
 */
export function respond(state: State, origin: Origin, given: unknown): void {
  const parsed = Body.safeParse(given);
  if (!parsed.success) throw new Refusal('invalid_payload');
  const body = parsed.data;
  const original = origin.message === null ? undefined : state.messages.find(origin.channel, origin.message);
  if (body.delete_original === true) {
    if (original === undefined) throw new Refusal('message_not_found');
    state.messages.remove(original);
    return;
  }
  const content = checkContent(body, state.ids);
  if (body.replace_original === true && origin.message !== null) {
    if (original === undefined) throw new Refusal('message_not_found');
    state.messages.edit(original, content);
    return;
  }
  state.messages.post({
    ...content,
    channel: origin.channel,
    thread: body.thread_ts ?? origin.thread,
    author: state.app.botUser,
    visibleTo: body.response_type === 'in_channel' ? null : origin.user,
    files: [],
  });
}
