import type { MultiSelect, PlainTextOption, Select } from '@slack/types';
import type { People } from '../../protocol.ts';

export interface MenuOption {
  readonly text: string;
  readonly value: string;
}

export interface OptionGroup {
  /** Empty for options that stand in no group. */
  readonly label: string;
  readonly options: readonly MenuOption[];
}

/** The options that a menu has without asking anybody. */
export function fixedOptions(
  element: Select | MultiSelect,
  { users, channels }: People,
): readonly OptionGroup[] {
  const people = users
    .filter(({ isDeleted }) => !isDeleted)
    .map(({ id, realName }) => ({ value: id, text: realName }));
  const places = channels
    .filter(({ kind }) => kind !== 'im')
    .map(({ id, name }) => ({ value: id, text: `#${name}` }));
  switch (element.type) {
    case 'users_select':
    case 'multi_users_select':
      return [{ label: '', options: people }];
    case 'channels_select':
    case 'multi_channels_select':
      return [{ label: '', options: places }];
    case 'conversations_select':
    case 'multi_conversations_select':
      return [
        { label: 'Channels', options: places },
        { label: 'People', options: people },
      ];
    case 'static_select':
    case 'multi_static_select':
      return [
        { label: '', options: (element.options ?? []).map(menuOption) },
        ...(element.option_groups ?? []).map(({ label, options }) => ({
          label: label.text,
          options: options.map(menuOption),
        })),
      ];
    case 'external_select':
    case 'multi_external_select':
      return [];
  }
}

/** What it holds from the beginning, with the words for it. */
export function initialOptions(element: Select | MultiSelect): readonly MenuOption[] {
  if ('initial_option' in element && element.initial_option !== undefined) {
    return [menuOption(element.initial_option)];
  }
  return 'initial_options' in element ? (element.initial_options ?? []).map(menuOption) : [];
}

function menuOption({ text, value = '' }: PlainTextOption): MenuOption {
  return { text: text.text, value };
}
