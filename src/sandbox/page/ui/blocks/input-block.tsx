import type { InputBlock as Input } from '@slack/types';
import { useId } from 'react';
import { Element } from './element.tsx';
import { useSurface } from './surface.tsx';

export function InputBlock({ block }: { readonly block: Input }) {
  const { errors } = useSurface();
  const id = useId();
  const error = errors[block.block_id ?? ''];
  return (
    <div className="input" role="group" aria-describedby={error === undefined ? undefined : id}>
      <div className="input__label">
        {block.label.text}
        {block.optional === true && <span> (optional)</span>}
      </div>
      <Element
        element={block.element}
        block={block.block_id ?? ''}
        form={{ label: block.label.text, dispatches: block.dispatch_action === true }}
      />
      {error !== undefined && (
        <p id={id} className="problem" role="alert">
          {error}
        </p>
      )}
      {block.hint !== undefined && <p className="input__hint">{block.hint.text}</p>}
    </div>
  );
}
