import { useState } from 'react';
import { secondOf } from './clock.ts';
import { useHere } from './workspace-context.ts';

/** Troubles that one can set off, again and again. */
export function ScenarioList() {
  const { world, act, warn, composer } = useHere();
  const [setOff, setSetOff] = useState<Readonly<Record<string, number>>>({});

  async function play(name: string): Promise<void> {
    const result = await act({ kind: 'scenario', name });
    if (result.kind === 'trouble') warn(result.reason);
    else setSetOff((before) => ({ ...before, [name]: Date.now() }));
  }
  return (
    <div className="panel__body">
      <p>Set one off in the simulated Swarm, and ask the bot what it makes of it.</p>
      <ul className="scenarios">
        {world.scenarios.map(({ name, summary, look }) => (
          <li key={name}>
            <div>
              <strong>{name}</strong>
              <p>{summary}</p>
              {look !== undefined && (
                <button
                  type="button"
                  className="step__command"
                  title="Put it where you type"
                  onClick={() => composer.current?.(look)}
                >
                  <code>{look}</code>
                </button>
              )}
              {setOff[name] !== undefined && <p role="status">Set off at {secondOf(setOff[name])}</p>}
            </div>
            <button
              type="button"
              className="button"
              aria-label={`Set off ${name}`}
              onClick={() => void play(name)}
            >
              Set off
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
