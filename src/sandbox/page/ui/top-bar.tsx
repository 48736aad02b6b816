import type { User } from '../protocol.ts';
import type { PanelKind } from './panel.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import { useHere } from './workspace-context.ts';

interface Parts {
  readonly people: readonly User[];
  readonly isConnected: boolean;
  readonly panel: PanelKind | null;
  readonly become: (user: string) => void;
  readonly show: (panel: PanelKind | null) => void;
}

export function TopBar({ people, isConnected, panel, become, show }: Parts) {
  const { world, me } = useHere();
  const kinds = [
    ...(world.tour.length > 0 ? [{ kind: 'tour', label: 'First steps' } as const] : []),
    ...(world.scenarios.length > 0 ? [{ kind: 'scenarios', label: 'Scenarios' } as const] : []),
    { kind: 'inspector', label: 'Inspector' } as const,
  ];
  return (
    <header className="top-bar">
      <span className="top-bar__team">{world.team.name}</span>
      <span className={isConnected && world.connections > 0 ? 'status status--well' : 'status'} role="status">
        {isConnected ? botStatus(world.connections) : 'The sandbox isn’t running'}
      </span>
      <span className="top-bar__space" />
      {kinds.map(({ kind, label }) => (
        <button
          key={kind}
          type="button"
          className="top-bar__button"
          aria-pressed={panel?.kind === kind}
          onClick={() => show(panel?.kind === kind ? null : { kind })}
        >
          {label}
        </button>
      ))}
      <ThemeSwitch />
      <label className="who">
        <span>You are</span>
        <select value={me.id} onChange={({ target }) => become(target.value)}>
          {people.map(({ id, realName }) => (
            <option key={id} value={id}>
              {realName}
            </option>
          ))}
        </select>
      </label>
    </header>
  );
}

function botStatus(connections: number): string {
  return connections > 0 ? 'The bot is connected' : 'The bot isn’t connected';
}
