import { z } from 'zod';
import type { Channel } from '../directory.ts';
import { Refusal } from '../refusal.ts';
import type { State } from '../state.ts';
import { presentMessage } from './conversation.ts';
import { flag, method, page, paging } from './method.ts';
import { channelShape, messageShape } from './shapes.ts';

/** https://docs.slack.dev/reference/methods?family=conversations */
const readScopes = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const historyScopes = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];
const kinds: Readonly<Record<string, Channel['kind']>> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
};

export const conversationMethods = {
  'conversations.list': method({
    scopes: readScopes,
    rate: 20,
    args: z.object({
      types: z.string().default('public_channel'),
      exclude_archived: flag.optional(),
      ...paging,
    }),
    run(args, { state }) {
      const wanted = args.types.split(',').map((type) => kinds[type.trim()]);
      const channels = state.directory
        .channels()
        .filter(
          (channel) =>
            wanted.includes(channel.kind) &&
            visible(channel, state) &&
            !(args.exclude_archived === true && channel.isArchived),
        );
      const { items, response_metadata } = page(channels, args);
      return { channels: items.map((channel) => channelShape(channel, state)), response_metadata };
    },
  }),
  'conversations.info': method({
    scopes: readScopes,
    rate: 50,
    args: z.object({ channel: z.string() }),
    run: (args, { state }) => ({ channel: channelShape(readable(state, args.channel), state) }),
  }),
  'conversations.members': method({
    scopes: readScopes,
    rate: 100,
    args: z.object({ channel: z.string(), ...paging }),
    run(args, { state }) {
      const { items, response_metadata } = page(readable(state, args.channel).members, args);
      return { members: items, response_metadata };
    },
  }),
  'conversations.open': method({
    scopes: ['im:write', 'mpim:write', 'channels:manage', 'groups:write'],
    rate: 50,
    args: z.object({ users: z.string() }),
    run(args, { state }) {
      const users = args.users.split(',');
      if (users.some((user) => state.directory.user(user) === undefined)) throw new Refusal('user_not_found');
      const channel = state.directory.im([...users, state.app.botUser]);
      return { channel: { id: channel.id } };
    },
  }),
  'conversations.history': method({
    scopes: historyScopes,
    rate: 50,
    args: z.object({ channel: z.string(), ...paging }),
    run(args, { state }) {
      const channel = readable(state, args.channel);
      const shown = state.messages
        .all()
        .filter((message) => message.channel === channel.id && !message.visibleTo && !message.thread);
      const { items, response_metadata } = page(shown.toReversed(), args);
      return { messages: items.map((message) => messageShape(message, state)), response_metadata };
    },
  }),
  'conversations.replies': method({
    scopes: historyScopes,
    rate: 50,
    args: z.object({ channel: z.string(), ts: z.string(), ...paging }),
    run(args, { state }) {
      const found = presentMessage(state, readable(state, args.channel).id, args.ts);
      const root = found.thread ?? found.ts;
      const thread = state.messages
        .all()
        .filter(({ channel, ts, thread }) => channel === found.channel && (ts === root || thread === root));
      const { items, response_metadata } = page(
        thread.filter(({ visibleTo }) => visibleTo === null),
        args,
      );
      return { messages: items.map((message) => messageShape(message, state)), response_metadata };
    },
  }),
};

function visible(channel: Channel, state: State): boolean {
  return channel.kind === 'public' || channel.members.includes(state.app.botUser);
}

function readable(state: State, id: string): Channel {
  const channel = state.directory.channel(id);
  if (channel === undefined || !visible(channel, state)) throw new Refusal('channel_not_found');
  return channel;
}
