import { z } from 'zod';
import { elements } from './elements.ts';
import { limits } from './limits.ts';
import { oneOf, only } from './problems.ts';
import { richText } from './rich-text.ts';
import * as text from './text.ts';

/** Blocks whose limits Slack has not published in full: their fields are checked, and what is known of their sizes. */
const image = oneOf(only(elements, ['image'])).optional();
const words = text.anyText(limits.textObject);

const card = z.strictObject({
  type: z.literal('card'),
  block_id: text.id,
  hero_image: image,
  icon: image,
  title: words.optional(),
  subtitle: words.optional(),
  body: words.optional(),
  actions: z.array(oneOf(only(elements, ['button']))).optional(),
});

const taskCard = z.strictObject({
  type: z.literal('task_card'),
  block_id: text.id,
  task_id: z.string().min(1),
  title: z.string().min(1),
  details: richText.optional(),
  output: richText.optional(),
  sources: z.array(z.strictObject({ type: z.literal('url'), url: z.string(), text: z.string() })).optional(),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
});

export const newerBlocks = {
  alert: z.strictObject({
    type: z.literal('alert'),
    block_id: text.id,
    text: words,
    level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
  }),
  card,
  carousel: z.strictObject({
    type: z.literal('carousel'),
    block_id: text.id,
    elements: z.array(card).min(1),
  }),
  task_card: taskCard,
  plan: z.strictObject({
    type: z.literal('plan'),
    block_id: text.id,
    title: z.string().min(1),
    tasks: z.array(taskCard).optional(),
  }),
  file: z.strictObject({
    type: z.literal('file'),
    block_id: text.id,
    source: z.literal('remote'),
    external_id: z.string(),
  }),
  video: z.strictObject({
    type: z.literal('video'),
    block_id: text.id,
    video_url: z.url(),
    thumbnail_url: z.url(),
    alt_text: z.string().max(limits.altText),
    title: text.plainText(199),
    title_url: z.url().optional(),
    author_name: z.string().max(49).optional(),
    provider_name: z.string().optional(),
    provider_icon_url: z.url().optional(),
    description: text.plainText(limits.textObject).optional(),
  }),
};
