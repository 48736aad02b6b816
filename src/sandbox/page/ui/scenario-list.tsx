import { useHere } from './workspace-context.ts';

/** Troubles that one can set off, and end. */
export function ScenarioList() {
  const { world, act, warn } = useHere();

  async function turn(name: string, on: boolean): Promise<void> {
    const result = await act({ kind: 'scenario', name, on });
    if (result.kind === 'trouble') warn(result.reason);
  }
  return (
    <div className="panel__body">
      <p>Set one off, and see what the bot makes of it.</p>
      <ul className="scenarios">
        {world.scenarios.map(({ name, summary, isOn }) => (
          <li key={name}>
            <label>
              <input
                type="checkbox"
                role="switch"
                checked={isOn}
                aria-checked={isOn}
                onChange={({ target }) => void turn(name, target.checked)}
              />
              <strong>{name}</strong>
            </label>
            <p>{summary}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
