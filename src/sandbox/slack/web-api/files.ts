import { z } from 'zod';
import { limits } from '../block-kit/limits.ts';
import { checkContent } from '../content.ts';
import { Refusal } from '../refusal.ts';
import { writable } from './conversation.ts';
import { count, method, nested } from './method.ts';
import { fileShape } from './shapes.ts';

/** https://docs.slack.dev/messaging/working-with-files#uploading_files */
const scopes = ['files:write'];
const Uploaded = z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1);

export const fileMethods = {
  'files.getUploadURLExternal': method({
    scopes,
    rate: 100,
    args: z.object({
      filename: z.string().min(1),
      length: count,
      snippet_type: z.string().optional(),
      alt_txt: z.string().max(1000).optional(),
    }),
    run({ filename, length, snippet_type }, { state, origin }) {
      if (length === 0) throw new Refusal('invalid_arguments');
      if (snippet_type !== undefined && length > limits.upload.snippet)
        throw new Refusal('snippet_too_large');
      const file = state.files.announce({ name: filename, length, snippetType: snippet_type ?? null });
      return { upload_url: `${origin}/upload/${file.id}`, file_id: file.id };
    },
  }),
  'files.completeUploadExternal': method({
    scopes,
    rate: 100,
    args: z.object({
      files: nested('invalid_arguments').pipe(Uploaded),
      channel_id: z.string().optional(),
      thread_ts: z.string().optional(),
      initial_comment: z.string().optional(),
    }),
    run(args, { state }) {
      const channel = args.channel_id === undefined ? null : writable(state, args.channel_id).id;
      for (const { id } of args.files) {
        const file = state.files.find(id);
        if (file === undefined) throw new Refusal('file_not_found');
        if (file.content === null) throw new Refusal('upload_not_complete');
      }
      const shared = args.files.flatMap(({ id, title }) => state.files.share(id, channel, title) ?? []);
      if (channel !== null) {
        const text = args.initial_comment ?? shared.map(({ title }) => title).join(', ');
        state.messages.post({
          ...checkContent({ text }, state.ids),
          channel,
          thread: args.thread_ts ?? null,
          author: state.app.botUser,
          visibleTo: null,
          files: shared.map(({ id }) => id),
        });
      }
      return { files: shared.map(fileShape) };
    },
  }),
};
