import type { Control } from './controls.ts';
import { asObject, asText, type Json } from './json.ts';
import { textOf } from './controls.ts';

/** What a person chose or typed. */
export type Choice = string | readonly string[];

const singleKeys: Readonly<Record<string, string>> = {
  users_select: 'selected_user',
  channels_select: 'selected_channel',
  conversations_select: 'selected_conversation',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
};
const manyKeys: Readonly<Record<string, string>> = {
  multi_users_select: 'selected_users',
  multi_channels_select: 'selected_channels',
  multi_conversations_select: 'selected_conversations',
};

/**
 * A control's value, in the shape it has in an action and in a view's state. Options are chosen by value or text; an
 * empty choice is `null`.
 * @throws when a menu has no such option.
 */
export function chosen(control: Control, choice: Choice): Json {
  const all = typeof choice === 'string' ? (choice === '' ? [] : [choice]) : choice;
  const first = all[0] ?? null;
  const { type } = control;
  const single = singleKeys[type];
  if (single !== undefined) return { type, [single]: first };
  const many = manyKeys[type];
  if (many !== undefined) return { type, [many]: all };
  switch (type) {
    case 'datetimepicker':
      return { type, selected_date_time: first === null ? null : Number(first) };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
    case 'overflow':
      return { type, selected_option: first === null ? null : optionOf(control, first) };
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: all.map((value) => optionOf(control, value)) };
    case 'rich_text_input':
      return { type, rich_text_value: first === null ? null : richTextOf(first) };
    default:
      return { type, value: first };
  }
}

function richTextOf(text: string): Json {
  const elements = [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }];
  return { type: 'rich_text', elements };
}

/** What a client finds wrong before it submits; null when nothing. */
export function inputProblem({ element, isOptional }: Control, value: Json): string | null {
  const filled = Object.entries(value).some(
    ([key, item]) => key !== 'type' && item !== null && !(Array.isArray(item) && item.length === 0),
  );
  if (!filled) return isOptional ? null : 'Please complete this required field.';
  const text = asText(value['value']) ?? '';
  const { min_length: min, max_length: max } = element;
  if (typeof min === 'number' && text.length < min) return `Please enter at least ${min} characters.`;
  if (typeof max === 'number' && text.length > max) return `Please enter no more than ${max} characters.`;
  return element['type'] === 'number_input' ? numberProblem(element, text) : null;
}

function numberProblem(element: Json, text: string): string | null {
  const value = Number(text);
  if (Number.isNaN(value)) return 'Please enter a valid number.';
  if (element['is_decimal_allowed'] === false && !Number.isInteger(value))
    return 'Please enter a whole number.';
  const { min_value: min, max_value: max } = element;
  if (typeof min === 'string' && value < Number(min)) return `Please enter a number of at least ${min}.`;
  if (typeof max === 'string' && value > Number(max)) return `Please enter a number of at most ${max}.`;
  return null;
}

function optionOf({ options, type, label }: Control, name: string): Json {
  const found = options.find((option) => option['value'] === name || textOf(option['text']) === name);
  if (found !== undefined) return found;
  if (type === 'external_select' || type === 'multi_external_select') {
    return { text: { type: 'plain_text', text: name }, value: name };
  }
  const names = options.map((option) => asText(asObject(option)?.['value'])).join(', ');
  throw new Error(`${label} has no option ${name}; it has ${names}.`);
}
