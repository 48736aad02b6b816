import { z } from 'zod';
import { elements } from './elements.ts';
import { limits } from './limits.ts';
import { newerBlocks } from './newer-blocks.ts';
import { oneOf, only } from './problems.ts';
import { richText } from './rich-text.ts';
import { dataTable, table } from './tables.ts';
import * as text from './text.ts';

/** https://docs.slack.dev/reference/block-kit/blocks */
const choosers = [
  'static_select',
  'external_select',
  'users_select',
  'channels_select',
  'conversations_select',
  'multi_static_select',
  'multi_external_select',
  'multi_users_select',
  'multi_channels_select',
  'multi_conversations_select',
  'checkboxes',
  'radio_buttons',
  'datepicker',
  'timepicker',
] as const;
const writers = [
  'plain_text_input',
  'number_input',
  'email_text_input',
  'url_text_input',
  'rich_text_input',
  'file_input',
  'datetimepicker',
] as const;

export const blocks: Readonly<Record<string, z.ZodType>> = {
  ...newerBlocks,
  section: z
    .strictObject({
      type: z.literal('section'),
      block_id: text.id,
      text: text.anyText(limits.textObject).optional(),
      fields: z.array(text.anyText(limits.sectionField)).min(1).max(limits.sectionFields).optional(),
      accessory: oneOf(
        only(elements, ['button', 'image', 'overflow', 'workflow_button', ...choosers]),
      ).optional(),
      expand: z.boolean().optional(),
    })
    .refine(
      (section) => section.text !== undefined || section.fields !== undefined,
      'must provide either text or fields',
    ),
  header: z.strictObject({
    type: z.literal('header'),
    block_id: text.id,
    text: text.plainText(limits.header),
  }),
  divider: z.strictObject({ type: z.literal('divider'), block_id: text.id }),
  context: z.strictObject({
    type: z.literal('context'),
    block_id: text.id,
    elements: z
      .array(
        oneOf({
          ...only(elements, ['image']),
          plain_text: text.plainText(limits.textObject),
          mrkdwn: text.anyText(limits.textObject),
        }),
      )
      .min(1)
      .max(limits.contextElements),
  }),
  actions: z.strictObject({
    type: z.literal('actions'),
    block_id: text.id,
    elements: z
      .array(
        oneOf(
          only(elements, [
            'button',
            'overflow',
            'workflow_button',
            'datetimepicker',
            'rich_text_input',
            ...choosers,
          ]),
        ),
      )
      .min(1)
      .max(limits.actionsElements),
  }),
  context_actions: z.strictObject({
    type: z.literal('context_actions'),
    block_id: text.id,
    elements: z
      .array(oneOf(only(elements, ['feedback_buttons', 'icon_button'])))
      .min(1)
      .max(5),
  }),
  image: z
    .strictObject({
      type: z.literal('image'),
      block_id: text.id,
      ...text.image,
      title: text.plainText(limits.imageTitle).optional(),
    })
    .refine(text.hasOneSource, text.oneSource),
  input: z.strictObject({
    type: z.literal('input'),
    block_id: text.id,
    label: text.plainText(limits.input.label),
    hint: text.plainText(limits.input.hint).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
    element: oneOf(only(elements, [...writers, ...choosers])),
  }),
  markdown: z.strictObject({
    type: z.literal('markdown'),
    block_id: text.id,
    text: z.string().min(1).max(limits.markdown),
  }),
  rich_text: richText,
  table,
  data_table: dataTable,
};
