import { z } from 'zod';
import { limits } from './limits.ts';
import * as text from './text.ts';

/** https://docs.slack.dev/reference/views. Blocks are checked on their own. */
const common = {
  blocks: z.array(z.unknown()),
  private_metadata: z.string().max(limits.view.privateMetadata).optional(),
  callback_id: z.string().max(limits.view.callbackId).optional(),
  external_id: z.string().max(limits.id).optional(),
};
const button = text.plainText(limits.view.button).optional();

export const modalView = z.strictObject({
  type: z.literal('modal'),
  ...common,
  title: text.plainText(limits.view.title),
  submit: button,
  close: button,
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  submit_disabled: z.boolean().optional(),
});

export const homeView = z.strictObject({ type: z.literal('home'), ...common });
