import { z } from 'zod';
import { id } from './text.ts';
import { oneOf } from './problems.ts';

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
const style = z
  .strictObject({
    bold: z.boolean(),
    italic: z.boolean(),
    strike: z.boolean(),
    code: z.boolean(),
    underline: z.boolean(),
  })
  .partial()
  .optional();

const text = z.strictObject({ type: z.literal('text'), text: z.string().min(1), style });
const link = z.strictObject({
  type: z.literal('link'),
  url: z.string().min(1),
  text: z.string().optional(),
  unsafe: z.boolean().optional(),
  style,
});

const inline = oneOf({
  text,
  link,
  user: z.strictObject({ type: z.literal('user'), user_id: z.string().min(1), style }),
  usergroup: z.strictObject({ type: z.literal('usergroup'), usergroup_id: z.string().min(1), style }),
  channel: z.strictObject({ type: z.literal('channel'), channel_id: z.string().min(1), style }),
  team: z.strictObject({ type: z.literal('team'), team_id: z.string().min(1), style }),
  broadcast: z.strictObject({
    type: z.literal('broadcast'),
    range: z.enum(['here', 'channel', 'everyone']),
    style,
  }),
  emoji: z.strictObject({
    type: z.literal('emoji'),
    name: z.string().min(1),
    unicode: z.string().optional(),
    url: z.string().optional(),
    style,
  }),
  date: z.strictObject({
    type: z.literal('date'),
    timestamp: z.int(),
    format: z.string().min(1),
    url: z.string().optional(),
    fallback: z.string().optional(),
    style,
  }),
  color: z.strictObject({ type: z.literal('color'), value: z.string(), style }),
});

const border = z.union([z.literal(0), z.literal(1)]).optional();
const section = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(inline) });

export const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: id,
  elements: z.array(
    oneOf({
      rich_text_section: section,
      rich_text_list: z.strictObject({
        type: z.literal('rich_text_list'),
        style: z.enum(['bullet', 'ordered']),
        elements: z.array(section).min(1),
        indent: z.int().min(0).max(8).optional(),
        offset: z.int().min(0).optional(),
        border,
      }),
      rich_text_quote: z.strictObject({
        type: z.literal('rich_text_quote'),
        elements: z.array(inline),
        border,
      }),
      rich_text_preformatted: z.strictObject({
        type: z.literal('rich_text_preformatted'),
        elements: z.array(oneOf({ text, link })),
        language: z.string().optional(),
        border,
      }),
    }),
  ),
});
