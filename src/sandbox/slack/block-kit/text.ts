import { z } from 'zod';
import { limits } from './limits.ts';
import { oneOf } from './problems.ts';

/** Composition objects: https://docs.slack.dev/reference/block-kit/composition-objects */
export function plainText(max: number) {
  return z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.boolean().optional(),
  });
}

function mrkdwn(max: number) {
  return z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().optional(),
  });
}

/** Plain text or mrkdwn. */
export function anyText(max: number): z.ZodType {
  return oneOf({ plain_text: plainText(max), mrkdwn: mrkdwn(max) });
}

export const id = z.string().min(1).max(limits.id).optional();
export const style = z.enum(['primary', 'danger']).optional();

export const confirm = z
  .strictObject({
    title: plainText(limits.confirm.title),
    text: anyText(limits.confirm.text),
    confirm: plainText(limits.confirm.button),
    deny: plainText(limits.confirm.button),
    style,
  })
  .partial({ title: true, confirm: true, deny: true });

const optionFields = {
  value: z.string().min(1).max(limits.option.value),
  description: plainText(limits.option.description).optional(),
};
export const plainOption = z.strictObject({ text: plainText(limits.option.text), ...optionFields });
export const option = z.strictObject({ text: anyText(limits.option.text), ...optionFields });
export const overflowOption = plainOption.extend({ url: z.string().max(limits.button.url).optional() });

export const image = {
  image_url: z.url().max(limits.imageUrl).optional(),
  slack_file: z.union([z.strictObject({ url: z.string() }), z.strictObject({ id: z.string() })]).optional(),
  alt_text: z.string().min(1).max(limits.altText),
};

/** An image is either somewhere on the web or a file in Slack. */
export function hasOneSource(value: { image_url?: unknown; slack_file?: unknown }): boolean {
  return (value.image_url === undefined) !== (value.slack_file === undefined);
}
export const oneSource = 'must provide either image_url or slack_file';
