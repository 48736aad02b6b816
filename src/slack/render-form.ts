import type { ModalView } from '@slack/types';
import type { Button } from '../dispatch/request.ts';
import { limits } from './limits.ts';
import { plainText } from './render-buttons.ts';

/** Where the value stands in a submission: `view.state.values[block][action].value`. */
export const formInput = { block: 'value', action: 'value' } as const;
export const formCallback = 'form';

/** @param id the opaque id that the form carries in place of what it stands for. */
export function renderForm(form: NonNullable<Button['form']>, id: string): ModalView {
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
        element: {
          type: 'plain_text_input',
          action_id: formInput.action,
          max_length: limits.inputValue,
          ...(form.initial !== '' && { initial_value: form.initial }),
        },
      },
    ],
  };
}
