import type { Button } from '@slack/types';
import { useState } from 'react';
import { useConfirmed } from './confirmed.tsx';
import { useControl } from './surface.tsx';
import { Text } from './text.tsx';

export function ButtonElement({ element, block }: { readonly element: Button; readonly block: string }) {
  const { press } = useControl(block, element.action_id ?? '');
  const { ask, dialog } = useConfirmed();
  const [isBusy, setBusy] = useState(false);

  async function go(): Promise<void> {
    if (element.url !== undefined && /^https?:/i.test(element.url)) open(element.url, '_blank', 'noopener');
    setBusy(true);
    await press();
    setBusy(false);
  }
  return (
    <>
      <button
        type="button"
        className={element.style === undefined ? 'button' : `button button--${element.style}`}
        aria-label={element.accessibility_label}
        aria-busy={isBusy}
        onClick={() => ask(element.confirm, () => void go())}
      >
        <Text text={element.text} />
      </button>
      {dialog}
    </>
  );
}
