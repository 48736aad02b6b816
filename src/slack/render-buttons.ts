import type { ActionsBlock, Button as ButtonElement, PlainTextElement } from '@slack/types';
import type { Button } from '../dispatch/request.ts';

/** A button with the opaque id that it carries in place of what it stands for. */
export type RenderedButton = Pick<Button, 'label' | 'style' | 'confirm'> & { readonly id: string };

export function renderButtons(buttons: readonly RenderedButton[]): ActionsBlock {
  return { type: 'actions', elements: buttons.map(renderButton) };
}

function renderButton({ id, label, style, confirm }: RenderedButton): ButtonElement {
  return {
    type: 'button',
    text: plainText(label),
    action_id: id,
    ...(style && { style }),
    ...(confirm && {
      confirm: {
        title: plainText(confirm.title),
        text: plainText(confirm.text),
        confirm: plainText(confirm.ok),
        deny: plainText('Cancel'),
        ...(style && { style }),
      },
    }),
  };
}

/** Text that Slack shows as it is, `:names:` of emoji too. */
export function plainText(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}
