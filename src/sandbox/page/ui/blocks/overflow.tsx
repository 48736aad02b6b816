import type { Overflow as OverflowElement } from '@slack/types';
import { useId } from 'react';
import { useConfirmed } from './confirmed.tsx';
import { useControl } from './surface.tsx';

interface Parts {
  readonly element: OverflowElement;
  readonly block: string;
}

/** Three dots, and what they hide. */
export function Overflow({ element, block }: Parts) {
  const { choose } = useControl(block, element.action_id ?? '');
  const { ask, dialog } = useConfirmed();
  const id = useId();
  return (
    <>
      <button type="button" className="button overflow" aria-label="More" popoverTarget={id}>
        ⋯
      </button>
      <div id={id} popover="auto" className="overflow__list">
        {element.options.map(({ text, value = '' }) => (
          <button
            key={value}
            type="button"
            popoverTarget={id}
            popoverTargetAction="hide"
            onClick={() => ask(element.confirm, () => void choose(value))}
          >
            {text.text}
          </button>
        ))}
      </div>
      {dialog}
    </>
  );
}
