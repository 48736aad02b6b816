import type { Ids } from './ids.ts';

export interface User {
  readonly id: string;
  /** The handle, without `@`. */
  readonly name: string;
  readonly realName: string;
  /** The workspace that the user belongs to; another one for somebody of another organization. */
  readonly team: string;
  readonly isBot: boolean;
  readonly isDeleted: boolean;
  /** A multi-channel guest. */
  readonly isRestricted: boolean;
  /** A single-channel guest. */
  readonly isUltraRestricted: boolean;
  readonly isStranger: boolean;
}

export interface Group {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly members: readonly string[];
}

export interface Channel {
  readonly id: string;
  /** Without `#`. */
  readonly name: string;
  readonly kind: 'public' | 'private' | 'im';
  readonly members: readonly string[];
  readonly isArchived: boolean;
}

type NewUser = Partial<Omit<User, 'name'>> & Pick<User, 'name'>;
type NewGroup = Partial<Omit<Group, 'handle'>> & Pick<Group, 'handle'>;
/** Without `members`, everybody who is there at that moment and the app's bot are in it. */
type NewChannel = Partial<Omit<Channel, 'name'>> & Pick<Channel, 'name'>;

/** What the app may hear of as events. */
export type DirectoryChange =
  | { readonly kind: 'user'; readonly user: User }
  | { readonly kind: 'group'; readonly group: Group; readonly before: Group };

/** Who and what is in the workspace. Changes reach the app as events. */
export interface Directory {
  addUser(user: NewUser): User;
  changeUser(id: string, changes: Partial<Omit<User, 'id'>>): User;
  addGroup(group: NewGroup): Group;
  changeGroup(id: string, changes: Partial<Omit<Group, 'id'>>): Group;
  addChannel(channel: NewChannel): Channel;
  changeChannel(id: string, changes: Partial<Omit<Channel, 'id'>>): Channel;
  user(id: string): User | undefined;
  group(id: string): Group | undefined;
  /** By id, or by name with or without `#`. */
  channel(idOrName: string): Channel | undefined;
  /** The direct conversation of these people, opened when there is none. */
  im(members: readonly string[]): Channel;
  users(): readonly User[];
  groups(): readonly Group[];
  channels(): readonly Channel[];
}

/** @param changed is called with null for what no app is told of: whoever is new, and channels. */
export function createDirectory(
  team: string,
  ids: Ids,
  changed: (change: DirectoryChange | null) => void,
): Directory {
  const users = new Map<string, User>();
  const groups = new Map<string, Group>();
  const channels = new Map<string, Channel>();

  function addChannel(channel: NewChannel): Channel {
    const added: Channel = {
      id: ids.next('C'),
      kind: 'public',
      members: [...users.keys()],
      isArchived: false,
      ...channel,
    };
    channels.set(added.id, added);
    changed(null);
    return added;
  }

  return {
    addUser(user) {
      const added: User = {
        id: ids.next('U'),
        realName: user.name,
        team,
        isBot: false,
        isDeleted: false,
        isRestricted: false,
        isUltraRestricted: false,
        isStranger: false,
        ...user,
      };
      users.set(added.id, added);
      changed(null);
      return added;
    },
    changeUser(id, changes) {
      const user = { ...present(users, id), ...changes };
      users.set(id, user);
      changed({ kind: 'user', user });
      return user;
    },
    addGroup(group) {
      const added: Group = { id: ids.next('S'), name: group.handle, members: [], ...group };
      groups.set(added.id, added);
      changed(null);
      return added;
    },
    changeGroup(id, changes) {
      const before = present(groups, id);
      const group = { ...before, ...changes };
      groups.set(id, group);
      changed({ kind: 'group', group, before });
      return group;
    },
    addChannel,
    changeChannel(id, changes) {
      const channel = { ...present(channels, id), ...changes };
      channels.set(id, channel);
      changed(null);
      return channel;
    },
    user: (id) => users.get(id),
    group: (id) => groups.get(id),
    channel(idOrName) {
      const name = idOrName.replace(/^#/, '');
      return channels.get(idOrName) ?? [...channels.values()].find((channel) => channel.name === name);
    },
    im(members) {
      const name = members.toSorted().join('-');
      const open = [...channels.values()].find((channel) => channel.kind === 'im' && channel.name === name);
      return open ?? addChannel({ id: ids.next('D'), name, kind: 'im', members });
    },
    users: () => [...users.values()],
    groups: () => [...groups.values()],
    channels: () => [...channels.values()],
  };
}

function present<T>(all: ReadonlyMap<string, T>, id: string): T {
  const found = all.get(id);
  if (found === undefined) throw new Error(`The workspace has no ${id}.`);
  return found;
}
