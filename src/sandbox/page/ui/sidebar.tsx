import type { Channel } from '../protocol.ts';
import { appChannel, unreadIn } from './seen.ts';
import type { Standing } from './standing.ts';
import { useHere } from './workspace-context.ts';

interface Parts {
  readonly standing: Standing;
  readonly channels: readonly Channel[];
  readonly go: (at: Standing['at']) => void;
}

export function Sidebar({ standing: { at }, channels, go }: Parts) {
  const { world, me } = useHere();
  const app = world.people.users.find(({ id }) => id === world.bot);
  const conversation = appChannel(world, me.id);
  return (
    <nav className="sidebar" aria-label="Channels and apps">
      <h2>Channels</h2>
      <ul>
        {channels.map((channel) => (
          <li key={channel.id}>
            <Entry
              sign={channel.kind === 'private' ? '🔒' : '#'}
              name={channel.name}
              isHere={at.kind === 'channel' && at.id === channel.id}
              unread={unreadIn(world, channel, me.id)}
              go={() => go({ kind: 'channel', id: channel.id })}
            />
          </li>
        ))}
      </ul>
      <h2>Apps</h2>
      <ul>
        <li>
          <Entry
            sign="◆"
            name={app?.realName ?? 'App'}
            isHere={at.kind === 'app'}
            unread={
              conversation === undefined ? { count: 0, personal: 0 } : unreadIn(world, conversation, me.id)
            }
            go={() => go({ kind: 'app', tab: 'home' })}
          />
        </li>
      </ul>
    </nav>
  );
}

interface EntryParts {
  readonly sign: string;
  readonly name: string;
  readonly isHere: boolean;
  readonly unread: ReturnType<typeof unreadIn>;
  readonly go: () => void;
}

function Entry({ sign, name, isHere, unread, go }: EntryParts) {
  const isUnread = unread.count > 0 && !isHere;
  return (
    <button
      type="button"
      className={isUnread ? 'entry entry--unread' : 'entry'}
      aria-current={isHere ? 'page' : undefined}
      aria-label={isUnread ? `${name}, ${unread.count} unread` : name}
      onClick={go}
    >
      <span className="entry__sign" aria-hidden>
        {sign}
      </span>
      <span className="entry__name">{name}</span>
      {isUnread && unread.personal > 0 && <span className="entry__badge">{unread.personal}</span>}
    </button>
  );
}
