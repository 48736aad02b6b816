import type { ModalView, NumberInput, PlainTextInput } from '@slack/types';
import type { Button } from '../dispatch/request.ts';
import { limits } from './limits.ts';
import { plainText } from './render-buttons.ts';

/** Where the value stands in a submission: `view.state.values[block][action].value`. */
export const formInput = { block: 'value', action: 'value' } as const;
export const formCallback = 'form';

type Form = NonNullable<Button['form']>;

/** @param id the opaque id that the form carries in place of what it stands for. */
export function renderForm(form: Form, id: string): ModalView {
  return {
    type: 'modal',
    callback_id: formCallback,
    private_metadata: id,
    title: plainText(form.title),
    submit: plainText(form.submit),
    close: plainText('Cancel'),
    blocks: [
      {
        type: 'input',
        block_id: formInput.block,
        label: plainText(form.label),
        element: inputElement(form),
      },
    ],
  };
}

function inputElement({ initial, number }: Form): PlainTextInput | NumberInput {
  const common = { action_id: formInput.action, ...(initial !== '' && { initial_value: initial }) };
  if (number === undefined) return { type: 'plain_text_input', max_length: limits.inputValue, ...common };
  return {
    type: 'number_input',
    is_decimal_allowed: false,
    min_value: String(number.min),
    max_value: String(number.max),
    ...common,
  };
}
