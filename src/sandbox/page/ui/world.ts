import type { Exchange, FromServer, Message, Snapshot, View } from '../protocol.ts';

/** What the page knows of the workspace: the snapshot that the server began with, and every change since. */
export type World = Omit<Snapshot, 'kind'>;

const mostExchanges = 1000;

/** The world after what the server said. Null until its first word. */
export function worldAfter(world: World | null, told: FromServer): World | null {
  if (told.kind === 'snapshot') return told;
  if (world === null) return null;
  switch (told.kind) {
    case 'people':
      return { ...world, people: told.people };
    case 'message':
      return { ...world, messages: messagesAfter(world.messages, told.change, told.message) };
    case 'view':
      return { ...world, views: viewsAfter(world.views, told.change, told.view) };
    case 'exchange':
      return { ...world, exchanges: newestOf([...world.exchanges, told.exchange]) };
    case 'read': {
      const { mark } = told;
      const others = world.read.filter(({ user, channel }) => user !== mark.user || channel !== mark.channel);
      return { ...world, read: [...others, mark] };
    }
    case 'connections':
      return { ...world, connections: told.open };
    case 'result':
      return world;
  }
}

function messagesAfter(
  messages: readonly Message[],
  change: 'posted' | 'edited' | 'deleted',
  message: Message,
): readonly Message[] {
  if (change === 'posted') return [...messages, message];
  const isIt = ({ channel, ts }: Message) => channel === message.channel && ts === message.ts;
  return change === 'deleted'
    ? messages.filter((other) => !isIt(other))
    : messages.map((other) => (isIt(other) ? message : other));
}

function viewsAfter(
  views: readonly View[],
  change: 'opened' | 'updated' | 'closed',
  view: View,
): readonly View[] {
  const isOpen = views.some(({ id }) => id === view.id);
  if (change === 'closed') return views.filter(({ id }) => id !== view.id);
  return isOpen ? views.map((other) => (other.id === view.id ? view : other)) : [...views, view];
}

function newestOf(exchanges: readonly Exchange[]): readonly Exchange[] {
  return exchanges.slice(-mostExchanges);
}
