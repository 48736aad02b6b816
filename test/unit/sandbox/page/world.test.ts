import { describe, expect, it } from 'vitest';
import type { Exchange, FromServer, Message, View } from '../../../../src/sandbox/page/protocol.ts';
import { messagesIn, unreadIn } from '../../../../src/sandbox/page/ui/seen.ts';
import { worldAfter, type World } from '../../../../src/sandbox/page/ui/world.ts';

const channel = {
  id: 'C1',
  name: 'deploys',
  kind: 'public',
  members: ['U1', 'U2'],
  isArchived: false,
} as const;
const snapshot: FromServer = {
  kind: 'snapshot',
  team: { id: 'T1', name: 'Team' },
  bot: 'U0BOT',
  commands: [],
  people: { users: [], groups: [], channels: [channel] },
  messages: [],
  views: [],
  exchanges: [],
  read: [],
  connections: 0,
  tour: [],
  scenarios: [],
};
const message = (ts: string, parts: Partial<Message> = {}): Message => ({
  channel: 'C1',
  ts,
  thread: null,
  author: 'U0BOT',
  visibleTo: null,
  text: ts,
  blocks: [],
  attachments: [],
  files: [],
  edits: 0,
  ...parts,
});
const posted = (message: Message): FromServer => ({ kind: 'message', change: 'posted', message });
const view = (id: string, title = id): View => ({
  id,
  user: 'U1',
  kind: 'modal',
  title,
  submit: null,
  close: 'Close',
  blocks: [],
});

function after(...told: readonly FromServer[]): World {
  const world = [snapshot, ...told].reduce<World | null>(worldAfter, null);
  if (world === null) throw new Error('no world');
  return world;
}

describe('what the page knows', () => {
  it('is nothing before the snapshot', () => {
    expect(worldAfter(null, posted(message('1')))).toBe(null);
  });

  it('keeps a message in its place when it is edited, and drops it when it is deleted', () => {
    const edited: FromServer = { kind: 'message', change: 'edited', message: message('1', { text: 'new' }) };
    const world = after(posted(message('1')), posted(message('2')), edited);
    expect(world.messages.map(({ text }) => text)).toEqual(['new', '2']);
    const deleted: FromServer = { kind: 'message', change: 'deleted', message: message('1') };
    expect(after(posted(message('1')), posted(message('2')), deleted).messages).toHaveLength(1);
  });

  it('begins anew with a new snapshot', () => {
    expect(after(posted(message('1')), snapshot).messages).toEqual([]);
  });

  it('keeps modals in the order in which they were opened', () => {
    const opened = (view: View): FromServer => ({ kind: 'view', change: 'opened', view });
    const updated: FromServer = { kind: 'view', change: 'updated', view: view('V1', 'new') };
    const world = after(opened(view('V1')), opened(view('V2')), updated);
    expect(world.views.map(({ title }) => title)).toEqual(['new', 'V2']);
    const closed: FromServer = { kind: 'view', change: 'closed', view: view('V2') };
    expect(worldAfter(world, closed)?.views.map(({ id }) => id)).toEqual(['V1']);
  });

  it('keeps the newest thousand exchanges', () => {
    const exchange: Exchange = {
      id: 0,
      from: 'app',
      name: 'auth.test',
      payload: {},
      answer: {},
      status: '200',
      isWell: true,
      at: 0,
      ms: 0,
    };
    const told = Array.from({ length: 1001 }, (_, id): FromServer => ({
      kind: 'exchange',
      exchange: { ...exchange, id },
    }));
    expect(after(...told).exchanges.map(({ id }) => id)).toHaveLength(1000);
    expect(after(...told).exchanges[0]?.id).toBe(1);
  });

  it('shows nobody what only somebody else sees', () => {
    const world = after(posted(message('1')), posted(message('2', { visibleTo: 'U2' })));
    expect(messagesIn(world, 'C1', 'U1').map(({ ts }) => ts)).toEqual(['1']);
    expect(messagesIn(world, 'C1', 'U2').map(({ ts }) => ts)).toEqual(['1', '2']);
  });

  it('counts what is unread: not one’s own, not in threads, and mentions apart', () => {
    const world = after(
      posted(message('1')),
      posted(message('2', { text: 'hello <@U1>' })),
      posted(message('3', { author: 'U1' })),
      posted(message('4', { thread: '1' })),
      posted(message('5')),
    );
    expect(unreadIn(world, channel, 'U1')).toEqual({ count: 3, personal: 1 });
    const read = worldAfter(world, { kind: 'read', mark: { user: 'U1', channel: 'C1', ts: '2' } });
    expect(read && unreadIn(read, channel, 'U1')).toEqual({ count: 1, personal: 0 });
    expect(read && unreadIn(read, channel, 'U2').count).toBe(4);
  });
});
