import { admit, type EntryTools, serve } from './admit.ts';
import { deliveryId } from './claim-delivery.ts';
import { commandPayload, mentionPayload } from './payloads.ts';
import { mentionedText, typedText } from './typed-text.ts';

/** A slash command. */
export async function takeCommand(
  body: unknown,
  ack: () => Promise<unknown>,
  tools: EntryTools,
): Promise<void> {
  const payload = commandPayload.parse(body);
  const command = typedText(payload.text);
  const asker = {
    user: payload.user_id,
    channel: payload.channel_id,
    thread: null,
    command,
    page: 0,
    response: { url: payload.response_url, original: 'none', since: tools.now() },
  } as const;
  const delivery = deliveryId('command', payload.trigger_id, body);
  const request = { entry: 'command', team: payload.team_id, command } as const;
  const taken = await admit({ delivery, asker, ack, request }, tools);
  if (taken !== null) serve(asker, taken, tools);
}

/** A message that mentions the bot. What bots say, and what was edited later, asks for nothing. */
export async function takeMention(body: unknown, tools: EntryTools): Promise<void> {
  const { event, ...payload } = mentionPayload.parse(body);
  const isByPerson = (event.bot_id ?? null) === null && event.subtype === undefined;
  if (!isByPerson || event.edited !== undefined) return;
  if (event.user === undefined || event.user === tools.botUser) return;
  const command = mentionedText(event.text, tools.botUser);
  const asker = {
    user: event.user,
    channel: event.channel,
    thread: event.thread_ts ?? null,
    command,
    page: 0,
    response: null,
  };
  const delivery = deliveryId('event', payload.event_id, body);
  // Bolt has acknowledged it: whatever happens, Slack delivers it no more.
  const ack = async () => undefined;
  const team = event.user_team ?? event.team ?? payload.team_id;
  const taken = await admit({ delivery, asker, ack, request: { entry: 'mention', team, command } }, tools);
  if (taken !== null) serve(asker, taken, tools);
}
