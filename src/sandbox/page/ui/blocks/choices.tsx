import type { Checkboxes, RadioButtons } from '@slack/types';
import { useId } from 'react';
import { initialChoice } from '../../../slack/initial-choice.ts';
import { asObject } from '../../../slack/json.ts';
import { useConfirmed } from './confirmed.tsx';
import { useControl } from './surface.tsx';
import { Text } from './text.tsx';

interface Parts {
  readonly element: Checkboxes | RadioButtons;
  readonly block: string;
  readonly tells: boolean;
  readonly label: string;
}

export function Choices({ element, block, tells, label }: Parts) {
  const control = useControl(block, element.action_id ?? '');
  const { ask, dialog } = useConfirmed();
  const name = useId();
  const held = control.choice ?? initialChoice(asObject(element) ?? {});
  const chosen = typeof held === 'string' ? [held] : held;
  const isMany = element.type === 'checkboxes';

  function pick(value: string, isOn: boolean): void {
    const others = chosen.filter((other) => other !== value);
    const choice = isMany ? [...others, ...(isOn ? [value] : [])] : value;
    ask(element.confirm, () => {
      control.set(choice);
      if (tells) void control.choose(choice);
    });
  }
  return (
    <div className="choices" role={isMany ? 'group' : 'radiogroup'} aria-label={label}>
      {element.options.map(({ text, value = '', description }) => (
        <label key={value}>
          <input
            type={isMany ? 'checkbox' : 'radio'}
            name={name}
            checked={chosen.includes(value)}
            onChange={({ target }) => pick(value, target.checked)}
          />
          <span>
            <Text text={text} />
            {description !== undefined && <small>{description.text}</small>}
          </span>
        </label>
      ))}
      {dialog}
    </div>
  );
}
