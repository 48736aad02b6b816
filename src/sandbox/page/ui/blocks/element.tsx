import type { KnownBlock } from '@slack/types';
import { ButtonElement } from './button-element.tsx';
import { Choices } from './choices.tsx';
import { Field } from './field.tsx';
import { Menu } from './menu.tsx';
import { Overflow } from './overflow.tsx';
import { Picture } from './picture.tsx';

type Of<Type extends KnownBlock['type']> = Extract<KnownBlock, { type: Type }>;
type AnyElement =
  | Of<'actions'>['elements'][number]
  | Of<'context_actions'>['elements'][number]
  | Of<'input'>['element']
  | NonNullable<Of<'section'>['accessory']>;

interface Parts {
  readonly element: AnyElement;
  readonly block: string;
  /** It is part of a form: what is chosen is only kept, unless the block wants it dispatched. */
  readonly form?: { readonly label: string; readonly dispatches: boolean };
}

/** https://docs.slack.dev/reference/block-kit/block-elements */
export function Element({ element, block, form }: Parts) {
  const tells = form === undefined || form.dispatches;
  const label = form?.label ?? '';
  switch (element.type) {
    case 'button':
      return <ButtonElement element={element} block={block} />;
    case 'image':
      return <Picture image={element} />;
    case 'overflow':
      return <Overflow element={element} block={block} />;
    case 'checkboxes':
    case 'radio_buttons':
      return <Choices element={element} block={block} tells={tells} label={label} />;
    case 'static_select':
    case 'external_select':
    case 'users_select':
    case 'channels_select':
    case 'conversations_select':
    case 'multi_static_select':
    case 'multi_external_select':
    case 'multi_users_select':
    case 'multi_channels_select':
    case 'multi_conversations_select':
      return <Menu element={element} block={block} tells={tells} label={label} />;
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'rich_text_input':
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return <Field element={element} block={block} tells={tells} label={label} />;
    case 'file_input':
    case 'workflow_button':
    case 'feedback_buttons':
    case 'icon_button':
      return <span className="unknown">A {element.type}, which doesn’t work here.</span>;
  }
}
