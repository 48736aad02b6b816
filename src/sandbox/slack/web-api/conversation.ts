import type { Channel } from '../directory.ts';
import type { Message } from '../messages.ts';
import { Refusal } from '../refusal.ts';
import type { State } from '../state.ts';

/**
 * The conversation that the app may write in. A user's id stands for the direct conversation with them.
 * @throws Refusal `channel_not_found`, `not_in_channel` or `is_archived`.
 */
export function writable(state: State, idOrName: string): Channel {
  const user = state.directory.user(idOrName);
  const channel =
    user === undefined ? state.directory.channel(idOrName) : state.directory.im([user.id, state.app.botUser]);
  if (channel === undefined) throw new Refusal('channel_not_found');
  if (!channel.members.includes(state.app.botUser)) {
    throw new Refusal(channel.kind === 'public' ? 'not_in_channel' : 'channel_not_found');
  }
  if (channel.isArchived) throw new Refusal('is_archived');
  return channel;
}

/** @throws Refusal `channel_not_found` or `message_not_found`. Ephemeral messages are never found. */
export function presentMessage(state: State, channelId: string, ts: string): Message {
  const channel = state.directory.channel(channelId);
  if (channel === undefined) throw new Refusal('channel_not_found');
  const message = state.messages.find(channel.id, ts);
  if (message === undefined || message.visibleTo !== null) throw new Refusal('message_not_found');
  return message;
}
