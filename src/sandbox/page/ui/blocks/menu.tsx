import type { MultiSelect, Select } from '@slack/types';
import { useState } from 'react';
import { initialChoice } from '../../../slack/initial-choice.ts';
import { asObject } from '../../../slack/json.ts';
import { Combobox } from './combobox.tsx';
import { useConfirmed } from './confirmed.tsx';
import { fixedOptions, initialOptions, type OptionGroup } from './menu-options.ts';
import { useControl } from './surface.tsx';
import { useHere } from '../workspace-context.ts';

type MenuElement = Select | MultiSelect;

interface Parts {
  readonly element: MenuElement;
  readonly block: string;
  readonly tells: boolean;
  readonly label: string;
}

/** Slack's, for a menu that doesn't say. */
const fewestLetters = 3;

/** A menu that one can type in. One that asks the app gets its options from there. */
export function Menu({ element, block, tells, label }: Parts) {
  const { world, warn } = useHere();
  const control = useControl(block, element.action_id ?? '');
  const { ask, dialog } = useConfirmed();
  const asksApp = element.type === 'external_select' || element.type === 'multi_external_select';
  const [offered, setOffered] = useState<readonly OptionGroup[]>([]);
  const [known, setKnown] = useState(() => initialOptions(element));
  const groups = asksApp ? offered : fixedOptions(element, world.people);
  const isMany = element.type.startsWith('multi_');
  const held = control.choice ?? initialChoice(asObject(element) ?? {});
  const values = (typeof held === 'string' ? [held] : held).filter((value) => value !== '');
  const most = 'max_selected_items' in element ? (element.max_selected_items ?? Infinity) : Infinity;
  const all = [...known, ...groups.flatMap(({ options }) => options)];

  function choose(next: readonly string[]): void {
    const choice = isMany ? next : (next[0] ?? '');
    ask(element.confirm, () => {
      setKnown(all.filter(({ value }) => next.includes(value)));
      control.set(choice);
      if (tells) void control.choose(choice);
    });
  }

  async function type(typed: string): Promise<void> {
    const fewest =
      'min_query_length' in element ? (element.min_query_length ?? fewestLetters) : fewestLetters;
    if (!asksApp || typed.length < fewest) return;
    const result = await control.suggest(typed);
    if (result.kind === 'trouble') warn(result.reason);
    if (result.kind !== 'options') return;
    setOffered(
      result.groups.map(({ label, options }) => ({
        label,
        options: options.map(({ text, value }) => ({ text: text.text, value })),
      })),
    );
  }
  return (
    <>
      <Combobox
        label={label || (element.placeholder?.text ?? 'Choose')}
        placeholder={element.placeholder?.text ?? 'Choose an option'}
        groups={groups}
        chosen={values.map((value) => all.find((option) => option.value === value) ?? { value, text: value })}
        isMany={isMany}
        isFull={isMany && values.length >= most}
        filters={!asksApp}
        type={(typed) => void type(typed)}
        choose={choose}
      />
      {dialog}
    </>
  );
}
