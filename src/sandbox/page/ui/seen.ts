import type { Channel, Message, User } from '../protocol.ts';
import type { World } from './world.ts';

/** What one person sees. */
export function messagesIn(world: World, channel: string, me: string): readonly Message[] {
  return world.messages.filter(
    (message) => message.channel === channel && (message.visibleTo === null || message.visibleTo === me),
  );
}

/** The conversations of a person, without the one with the app. */
export function channelsOf(world: World, me: string): readonly Channel[] {
  return world.people.channels.filter(({ kind, members }) => kind !== 'im' && members.includes(me));
}

/** The direct conversation with the app; undefined before anybody opened it. */
export function appChannel(world: World, me: string): Channel | undefined {
  return world.people.channels.find(
    ({ kind, members }) => kind === 'im' && members.includes(me) && members.includes(world.bot),
  );
}

/** Those that one can be: people, neither the app nor Slackbot. */
export function peopleIn(world: World): readonly User[] {
  return world.people.users.filter(({ isBot, isDeleted, id }) => !isBot && !isDeleted && id !== 'USLACKBOT');
}

interface Unread {
  readonly count: number;
  /** Those that are meant for this person: mentions, and everything in a direct conversation. */
  readonly personal: number;
}

export function unreadIn(world: World, channel: Channel, me: string): Unread {
  const mark = world.read.find((read) => read.user === me && read.channel === channel.id)?.ts ?? '';
  const unread = messagesIn(world, channel.id, me).filter(
    ({ ts, author, thread }) => ts > mark && author !== me && thread === null,
  );
  const personal = channel.kind === 'im' ? unread : unread.filter((message) => mentions(message, me));
  return { count: unread.length, personal: personal.length };
}

function mentions({ text, blocks }: Message, me: string): boolean {
  return text.includes(`<@${me}>`) || JSON.stringify(blocks).includes(`"user_id":"${me}"`);
}
