import { z } from 'zod';
import { limits } from './limits.ts';
import { richText } from './rich-text.ts';
import { selects } from './selects.ts';
import * as text from './text.ts';

/** Block elements: https://docs.slack.dev/reference/block-kit/block-elements */
const action = { action_id: text.id };
const asked = { ...action, confirm: text.confirm.optional(), focus_on_load: z.boolean().optional() };
const placeholder = text.plainText(limits.placeholder).optional();
const typed = {
  ...action,
  placeholder,
  focus_on_load: z.boolean().optional(),
  dispatch_action_config: z
    .strictObject({
      trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).min(1),
    })
    .optional(),
};
const choices = z.array(text.option).min(1).max(limits.options.choice);
const accessibilityLabel = z.string().max(limits.button.accessibilityLabel).optional();
const feedback = z.strictObject({
  text: text.plainText(limits.button.text),
  value: z.string().max(limits.button.value),
  accessibility_label: accessibilityLabel,
});

export const elements = {
  ...selects,
  button: z.strictObject({
    type: z.literal('button'),
    ...action,
    text: text.plainText(limits.button.text),
    value: z.string().max(limits.button.value).optional(),
    url: z.string().max(limits.button.url).optional(),
    style: text.style,
    confirm: text.confirm.optional(),
    accessibility_label: accessibilityLabel,
  }),
  checkboxes: z.strictObject({
    type: z.literal('checkboxes'),
    ...asked,
    options: choices,
    initial_options: choices.optional(),
  }),
  radio_buttons: z.strictObject({
    type: z.literal('radio_buttons'),
    ...asked,
    options: choices,
    initial_option: text.option.optional(),
  }),
  overflow: z.strictObject({
    type: z.literal('overflow'),
    ...action,
    confirm: text.confirm.optional(),
    options: z.array(text.overflowOption).min(1).max(limits.options.overflow),
  }),
  datepicker: z.strictObject({
    type: z.literal('datepicker'),
    ...asked,
    placeholder,
    initial_date: z.iso.date().optional(),
  }),
  datetimepicker: z.strictObject({
    type: z.literal('datetimepicker'),
    ...asked,
    initial_date_time: z.int().min(1_000_000_000).max(9_999_999_999).optional(),
  }),
  timepicker: z.strictObject({
    type: z.literal('timepicker'),
    ...asked,
    placeholder,
    timezone: z.string().optional(),
    initial_time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .optional(),
  }),
  plain_text_input: z.strictObject({
    type: z.literal('plain_text_input'),
    ...typed,
    initial_value: z.string().max(limits.input.text).optional(),
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(limits.input.text).optional(),
    max_length: z.int().min(1).max(limits.input.text).optional(),
  }),
  number_input: z.strictObject({
    type: z.literal('number_input'),
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: z.string().optional(),
    min_value: z.string().optional(),
    max_value: z.string().optional(),
  }),
  email_text_input: z.strictObject({
    type: z.literal('email_text_input'),
    ...typed,
    initial_value: z.string().optional(),
  }),
  url_text_input: z.strictObject({
    type: z.literal('url_text_input'),
    ...typed,
    initial_value: z.string().optional(),
  }),
  rich_text_input: z.strictObject({
    type: z.literal('rich_text_input'),
    ...typed,
    initial_value: richText.optional(),
    min_lines: z.int().optional(),
    max_lines: z.int().optional(),
  }),
  file_input: z.strictObject({
    type: z.literal('file_input'),
    ...action,
    filetypes: z.array(z.string()).optional(),
    max_files: z.int().min(1).max(10).optional(),
  }),
  image: z
    .strictObject({ type: z.literal('image'), ...text.image })
    .refine(text.hasOneSource, text.oneSource),
  workflow_button: z.strictObject({
    type: z.literal('workflow_button'),
    ...action,
    text: text.plainText(limits.button.text),
    workflow: z.strictObject({ trigger: z.looseObject({ url: z.string() }) }),
    style: text.style,
    accessibility_label: accessibilityLabel,
  }),
  feedback_buttons: z.strictObject({
    type: z.literal('feedback_buttons'),
    ...action,
    positive_button: feedback,
    negative_button: feedback,
  }),
  icon_button: z.strictObject({
    type: z.literal('icon_button'),
    ...action,
    icon: z.literal('trash'),
    text: text.plainText(limits.button.text),
    value: z.string().max(limits.button.value).optional(),
    confirm: text.confirm.optional(),
    accessibility_label: accessibilityLabel,
    visible_to_user_ids: z.array(z.string()).optional(),
  }),
};
