import { z } from 'zod';
import { limits } from '../block-kit/limits.ts';
import { checkContent } from '../content.ts';
import { Refusal } from '../refusal.ts';
import { presentMessage, writable } from './conversation.ts';
import { method, nested } from './method.ts';
import { messageShape } from './shapes.ts';

/** https://docs.slack.dev/reference/methods?family=chat */
const content = {
  text: z.string().optional(),
  blocks: nested('invalid_blocks_format').optional(),
  attachments: nested('invalid_attachments').optional(),
};
const threadTs = z
  .string()
  .regex(/^\d+\.\d{6}$/)
  .optional();
const scopes = ['chat:write'];

export const chatMethods = {
  'chat.postMessage': method({
    scopes,
    rate: 'post',
    args: z.object({ channel: z.string(), thread_ts: threadTs, ...content }),
    run(args, { state }) {
      const channel = writable(state, args.channel);
      const checked = checkContent(args, state.ids);
      const parent =
        args.thread_ts === undefined ? undefined : state.messages.find(channel.id, args.thread_ts);
      if (args.thread_ts !== undefined && parent?.visibleTo !== null) throw new Refusal('thread_not_found');
      const message = state.messages.post({
        ...checked,
        channel: channel.id,
        thread: parent?.thread ?? parent?.ts ?? null,
        author: state.app.botUser,
        visibleTo: null,
        files: [],
      });
      return { channel: channel.id, ts: message.ts, message: messageShape(message, state) };
    },
  }),
  'chat.postEphemeral': method({
    scopes,
    rate: 100,
    args: z.object({ channel: z.string(), user: z.string(), thread_ts: threadTs, ...content }),
    run(args, { state }) {
      const channel = writable(state, args.channel);
      if (!channel.members.includes(args.user)) throw new Refusal('user_not_in_channel');
      const message = state.messages.post({
        ...checkContent(args, state.ids),
        channel: channel.id,
        thread: args.thread_ts ?? null,
        author: state.app.botUser,
        visibleTo: args.user,
        files: [],
      });
      return { message_ts: message.ts };
    },
  }),
  'chat.update': method({
    scopes,
    rate: 50,
    args: z.object({ channel: z.string(), ts: z.string(), ...content }),
    run(args, { state }) {
      const message = presentMessage(state, args.channel, args.ts);
      if (message.author !== state.app.botUser) throw new Refusal('cant_update_message');
      if ((args.text?.length ?? 0) > limits.updatedText) throw new Refusal('msg_too_long');
      if (args.text === undefined && args.blocks === undefined && args.attachments === undefined) {
        throw new Refusal('no_text');
      }
      const checked = checkContent(
        {
          text: args.text ?? message.text,
          blocks: args.blocks ?? message.blocks,
          attachments: args.attachments ?? message.attachments,
        },
        state.ids,
      );
      const edited = state.messages.edit(message, checked);
      return {
        channel: edited.channel,
        ts: edited.ts,
        text: edited.text,
        message: messageShape(edited, state),
      };
    },
  }),
  'chat.delete': method({
    scopes,
    rate: 50,
    args: z.object({ channel: z.string(), ts: z.string() }),
    run(args, { state }) {
      const message = presentMessage(state, args.channel, args.ts);
      if (message.author !== state.app.botUser) throw new Refusal('cant_delete_message');
      state.messages.remove(message);
      return { channel: message.channel, ts: message.ts };
    },
  }),
  'chat.getPermalink': method({
    scopes: [],
    rate: 100,
    args: z.object({ channel: z.string(), message_ts: z.string() }),
    run(args, { state, origin }) {
      const message = presentMessage(state, args.channel, args.message_ts);
      return {
        channel: message.channel,
        permalink: `${origin}/archives/${message.channel}/p${message.ts.replace('.', '')}`,
      };
    },
  }),
};
