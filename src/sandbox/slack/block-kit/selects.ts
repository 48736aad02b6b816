import { z } from 'zod';
import { limits } from './limits.ts';
import * as text from './text.ts';

/** Select menus: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
const select = {
  action_id: text.id,
  confirm: text.confirm.optional(),
  focus_on_load: z.boolean().optional(),
  placeholder: text.plainText(limits.placeholder).optional(),
};
const several = { ...select, max_selected_items: z.int().min(1).optional() };
const responds = { response_url_enabled: z.boolean().optional() };
const oneId = z.string().optional();
const manyIds = z.array(z.string()).optional();
const options = z.array(text.plainOption).min(1).max(limits.options.select);
const lists = {
  options: options.optional(),
  option_groups: z
    .array(z.strictObject({ label: text.plainText(limits.option.text), options }))
    .min(1)
    .max(limits.options.groups)
    .optional(),
};
const conversations = {
  default_to_current_conversation: z.boolean().optional(),
  filter: z
    .strictObject({
      include: z.array(z.enum(['im', 'mpim', 'private', 'public'])).min(1),
      exclude_external_shared_channels: z.boolean(),
      exclude_bot_users: z.boolean(),
    })
    .partial()
    .optional(),
};
const initialOptions = z.array(text.plainOption).min(1).max(limits.options.select).optional();
const minQueryLength = z.int().min(0).optional();

function hasOneList(value: { options?: unknown; option_groups?: unknown }): boolean {
  return (value.options === undefined) !== (value.option_groups === undefined);
}
const oneList = 'must provide either options or option_groups';

export const selects = {
  static_select: z
    .strictObject({
      type: z.literal('static_select'),
      ...select,
      ...lists,
      initial_option: text.plainOption.optional(),
    })
    .refine(hasOneList, oneList),
  multi_static_select: z
    .strictObject({
      type: z.literal('multi_static_select'),
      ...several,
      ...lists,
      initial_options: initialOptions,
    })
    .refine(hasOneList, oneList),
  external_select: z.strictObject({
    type: z.literal('external_select'),
    ...select,
    initial_option: text.plainOption.optional(),
    min_query_length: minQueryLength,
  }),
  multi_external_select: z.strictObject({
    type: z.literal('multi_external_select'),
    ...several,
    initial_options: initialOptions,
    min_query_length: minQueryLength,
  }),
  users_select: z.strictObject({ type: z.literal('users_select'), ...select, initial_user: oneId }),
  multi_users_select: z.strictObject({
    type: z.literal('multi_users_select'),
    ...several,
    initial_users: manyIds,
  }),
  channels_select: z.strictObject({
    type: z.literal('channels_select'),
    ...select,
    ...responds,
    initial_channel: oneId,
  }),
  multi_channels_select: z.strictObject({
    type: z.literal('multi_channels_select'),
    ...several,
    initial_channels: manyIds,
  }),
  conversations_select: z.strictObject({
    type: z.literal('conversations_select'),
    ...select,
    ...responds,
    ...conversations,
    initial_conversation: oneId,
  }),
  multi_conversations_select: z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...several,
    ...conversations,
    initial_conversations: manyIds,
  }),
};
