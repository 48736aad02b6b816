import { useId, useImperativeHandle, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { suggestionsFor, type Suggestion } from './suggestions.ts';
import { useHere } from './workspace-context.ts';

interface Parts {
  readonly channel: string;
  readonly thread: string | null;
  readonly label: string;
}

/** Where one types: a message, a slash command, a mention of the app. */
export function Composer({ channel, thread, label }: Parts) {
  const { world, me, act, warn, composer } = useHere();
  const [text, setText] = useState('');
  const [picked, setPicked] = useState(0);
  const [isListShut, setListShut] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const suggestions = isListShut ? [] : suggestionsFor(text, world);
  const chosen = suggestions[Math.min(picked, suggestions.length - 1)];
  useImperativeHandle(
    thread === null ? composer : null,
    () => (put: string) => {
      setText(put);
      field.current?.focus();
    },
    [],
  );
  useLayoutEffect(() => {
    if (field.current === null) return;
    field.current.style.height = 'auto';
    field.current.style.height = `${field.current.scrollHeight}px`;
  });

  async function send(): Promise<void> {
    const typed = text.trim();
    if (typed === '') return;
    setText('');
    const result = await act({ kind: 'send', user: me.id, channel, thread, text: typed });
    if (result.kind === 'trouble') {
      warn(result.reason);
      setText((since) => (since === '' ? typed : since));
    }
  }

  function take({ completion }: Suggestion): void {
    setText(completion);
    setPicked(0);
    field.current?.focus();
  }

  function press(event: KeyboardEvent): void {
    const isPlain = !event.shiftKey && !event.nativeEvent.isComposing;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (chosen !== undefined && step !== undefined) {
      setPicked((picked + step + suggestions.length) % suggestions.length);
    } else if (chosen !== undefined && isPlain && (event.key === 'Tab' || event.key === 'Enter'))
      take(chosen);
    else if (chosen !== undefined && event.key === 'Escape') setListShut(true);
    else if (event.key === 'Enter' && isPlain) void send();
    else return;
    event.preventDefault();
  }
  return (
    <div className="composer">
      {chosen !== undefined && (
        <div className="suggestions" role="listbox" id={listId} aria-label="Suggestions">
          {suggestions.map((suggestion, index) => (
            <div
              key={suggestion.completion}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={suggestion === chosen}
              onMouseDown={(event) => {
                event.preventDefault();
                take(suggestion);
              }}
            >
              <strong>{suggestion.name}</strong> <code>{suggestion.hint}</code>
              <span>{suggestion.description}</span>
            </div>
          ))}
        </div>
      )}
      <div className="composer__box">
        <textarea
          ref={field}
          autoFocus={thread === null}
          rows={1}
          value={text}
          placeholder={label}
          aria-label={label}
          aria-autocomplete="list"
          aria-controls={chosen === undefined ? undefined : listId}
          aria-activedescendant={
            chosen === undefined ? undefined : `${listId}-${suggestions.indexOf(chosen)}`
          }
          onChange={({ target }) => {
            setText(target.value);
            setListShut(false);
            setPicked(0);
          }}
          onKeyDown={press}
        />
        <button
          type="button"
          className="composer__send"
          disabled={text.trim() === ''}
          onClick={() => void send()}
        >
          Send
        </button>
      </div>
    </div>
  );
}
