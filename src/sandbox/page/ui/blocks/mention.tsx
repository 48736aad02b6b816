import { useHere } from '../workspace-context.ts';
import type { World } from '../world.ts';

interface Parts {
  readonly kind: 'user' | 'channel' | 'group' | 'broadcast';
  /** For a broadcast: `here`, `channel` or `everyone`. */
  readonly id: string;
}

export function Mention({ kind, id }: Parts) {
  const { world, me } = useHere();
  const isMe = kind === 'broadcast' || id === me.id;
  return <span className={isMe ? 'mention mention--me' : 'mention'}>{nameOf(kind, id, world.people)}</span>;
}

function nameOf(kind: Parts['kind'], id: string, { users, channels, groups }: World['people']): string {
  switch (kind) {
    case 'user': {
      const user = users.find((user) => user.id === id);
      return `@${user?.isBot === true ? user.realName : (user?.name ?? id)}`;
    }
    case 'channel':
      return `#${channels.find((channel) => channel.id === id)?.name ?? id}`;
    case 'group':
      return `@${groups.find((group) => group.id === id)?.handle ?? id}`;
    case 'broadcast':
      return `@${id}`;
  }
}
