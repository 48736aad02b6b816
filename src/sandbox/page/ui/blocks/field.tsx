import type {
  Datepicker,
  DateTimepicker,
  EmailInput,
  NumberInput,
  PlainTextInput,
  RichTextInput,
  Timepicker,
  URLInput,
} from '@slack/types';
import type { KeyboardEvent } from 'react';
import { initialChoice } from '../../../slack/initial-choice.ts';
import { asObject } from '../../../slack/json.ts';
import { useControl } from './surface.tsx';

type FieldElement =
  | PlainTextInput
  | NumberInput
  | EmailInput
  | URLInput
  | RichTextInput
  | Datepicker
  | Timepicker
  | DateTimepicker;

interface Parts {
  readonly element: FieldElement;
  readonly block: string;
  readonly tells: boolean;
  readonly label: string;
}

const types = {
  plain_text_input: 'text',
  // A number input of the browser's own would take what isn't a number for nothing at all.
  number_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
  rich_text_input: 'text',
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
} as const;
const picked: readonly string[] = ['datepicker', 'timepicker', 'datetimepicker'];

/** What one types in, or picks from a calendar or a clock. */
export function Field({ element, block, tells, label }: Parts) {
  const control = useControl(block, element.action_id ?? '');
  const held = control.choice ?? initialChoice(asObject(element) ?? {});
  const text = typeof held === 'string' ? held : '';
  const isPicked = picked.includes(element.type);
  const when = 'dispatch_action_config' in element ? element.dispatch_action_config : undefined;
  const triggers = when?.trigger_actions_on ?? ['on_enter_pressed'];

  function change(value: string): void {
    const choice = element.type === 'datetimepicker' ? secondsOf(value) : value;
    control.set(choice);
    if (tells && (isPicked || triggers.includes('on_character_entered'))) void control.choose(choice);
  }
  function press(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !tells || isPicked || !triggers.includes('on_enter_pressed')) return;
    event.preventDefault();
    void control.choose(text);
  }
  const common = {
    className: 'field',
    'aria-label': label === '' ? undefined : label,
    placeholder: 'placeholder' in element ? element.placeholder?.text : undefined,
    value: element.type === 'datetimepicker' ? localOf(text) : text,
    onKeyDown: press,
  };
  const isLong = element.type === 'rich_text_input' || ('multiline' in element && element.multiline);
  return isLong ? (
    <textarea rows={4} {...common} onChange={({ target }) => change(target.value)} />
  ) : (
    <input
      type={types[element.type]}
      inputMode={element.type === 'number_input' ? 'decimal' : undefined}
      {...common}
      onChange={({ target }) => change(target.value)}
    />
  );
}

/** Slack has seconds since 1970 where the browser has a local time. */
function secondsOf(local: string): string {
  return local === '' ? '' : String(Math.floor(new Date(local).getTime() / 1000));
}

function localOf(seconds: string): string {
  if (seconds === '') return '';
  const date = new Date(Number(seconds) * 1000);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);
}
