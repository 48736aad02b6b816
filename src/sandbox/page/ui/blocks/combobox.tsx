import { useId, useRef, useState, type KeyboardEvent } from 'react';
import type { MenuOption, OptionGroup } from './menu-options.ts';

interface Parts {
  readonly label: string;
  readonly placeholder: string;
  readonly groups: readonly OptionGroup[];
  readonly chosen: readonly MenuOption[];
  readonly isMany: boolean;
  /** No more can be chosen. */
  readonly isFull: boolean;
  /** What is typed narrows the options; otherwise whoever gave them has done so. */
  readonly filters: boolean;
  readonly type: (typed: string) => void;
  readonly choose: (values: readonly string[]) => void;
}

/** https://www.w3.org/WAI/ARIA/apg/patterns/combobox */
export function Combobox(parts: Parts) {
  const { label, placeholder, chosen, isMany, isFull, type, choose } = parts;
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const isOpen = typed !== null;
  const groups = isOpen && !isFull ? shown(parts, typed) : [];
  const options = groups.flatMap((group) => group.options);
  const at = Math.min(active, options.length - 1);
  const values = chosen.map(({ value }) => value);
  const only = isMany ? undefined : chosen[0]?.text;

  function open(text: string): void {
    setTyped(text);
    setActive(0);
    type(text);
  }
  function take({ value }: MenuOption): void {
    choose(isMany ? [...values, value] : [value]);
    setTyped(isMany ? '' : null);
  }
  function press(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const option = options[at];
    if (step !== undefined && isOpen) setActive((at + step + options.length) % Math.max(1, options.length));
    else if (step !== undefined) open('');
    else if (event.key === 'Enter' && isOpen && option !== undefined) take(option);
    else if (event.key === 'Escape' && isOpen) setTyped(null);
    else if (event.key === 'Backspace' && isMany && !typed) choose(values.slice(0, -1));
    else if (event.key === 'Backspace' && !isMany && !isOpen) choose([]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <div className="combobox">
      {isMany &&
        chosen.map(({ value, text }) => (
          <span key={value} className="chip">
            {text}
            <button
              type="button"
              aria-label={`Remove ${text}`}
              onClick={() => choose(values.filter((other) => other !== value))}
            >
              ×
            </button>
          </span>
        ))}
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded={isOpen}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && options[at] !== undefined ? `${id}-${at}` : undefined}
        autoComplete="off"
        placeholder={only ?? placeholder}
        className={only === undefined ? undefined : 'combobox--chosen'}
        value={typed ?? only ?? ''}
        onClick={() => {
          if (!isOpen) open('');
        }}
        onChange={({ target }) => open(isOpen ? target.value : target.value.replace(only ?? '', ''))}
        onKeyDown={press}
        onBlur={() => setTyped(null)}
      />
      {isOpen && (
        <div className="combobox__list" role="listbox" id={id} aria-label={label}>
          {options.length === 0 && (
            <p className="empty">{isFull ? 'No more can be chosen.' : 'Nothing to choose here: type on.'}</p>
          )}
          {groups.map((group) => (
            <div key={group.label} role="group" aria-label={group.label}>
              {group.label !== '' && <p>{group.label}</p>}
              {group.options.map((option) => {
                const index = options.indexOf(option);
                return (
                  <div
                    key={option.value}
                    id={`${id}-${index}`}
                    role="option"
                    tabIndex={-1}
                    aria-selected={index === at}
                    onMouseDown={(event) => {
                      event.preventDefault();
                      take(option);
                    }}
                  >
                    {option.text}
                  </div>
                );
              })}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

function shown({ groups, chosen, isMany, filters }: Parts, typed: string): readonly OptionGroup[] {
  const fits = ({ text, value }: MenuOption) =>
    !(isMany && chosen.some((one) => one.value === value)) &&
    (!filters || text.toLowerCase().includes(typed.toLowerCase()));
  return groups
    .map(({ label, options }) => ({ label, options: options.filter(fits) }))
    .filter(({ options }) => options.length > 0);
}
