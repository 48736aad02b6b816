import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Dispatch, Request } from '../../src/dispatch/request.ts';
import { requestDeliveries } from '../../src/dispatch/taken-requests.ts';
import { startWorkspace, type Workspace, type WorkspaceOptions } from '../../src/sandbox/slack/workspace.ts';
import { boltChat, type BoltChatOptions } from '../../src/slack/bolt-chat.ts';
import type { Chat } from '../../src/slack/chat.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';

export const transports = ['socket', 'http'] as const;
export type TransportKind = (typeof transports)[number];

/** A local workspace with people in #deploys, the chat connected to it, and everything that was asked of it. */
export interface ConnectedChat extends AsyncDisposable {
  readonly workspace: Workspace;
  readonly chat: Chat;
  readonly store: Store;
  /** Where Slack posts to, over HTTP. */
  readonly url: string;
  readonly requests: readonly Request[];
  /** `connected` and `lost`, in order. */
  readonly connections: readonly string[];
  readonly logged: readonly { readonly level: string; readonly fields: object; readonly message: string }[];
  /** Waits for the next request that wasn't waited for yet. */
  nextRequest(): Promise<Request>;
  /** Moves the clock of the bot, and of the workspace. */
  later(ms: number): void;
}

interface Settings {
  readonly dispatch?: Dispatch;
  readonly chat?: Partial<BoltChatOptions>;
  readonly workspace?: Partial<WorkspaceOptions>;
}

export async function connectedChat(kind: TransportKind, settings: Settings = {}): Promise<ConnectedChat> {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  await using parts = new AsyncDisposableStack();
  const workspace = parts.use(await startWorkspace({ now, ...settings.workspace, delivery: { kind } }));
  populate(workspace);
  const store = parts.use(await openStore('sqlite::memory:'));
  const port = await freePort();
  const { botToken, appToken, signingSecret } = workspace.credentials;
  const logged: { level: string; fields: object; message: string }[] = [];
  const log = (level: string) => (fields: object, message: string) => {
    logged.push({ level, fields, message });
  };
  const connections: string[] = [];
  const chat = boltChat({
    transport: kind === 'socket' ? { kind, appToken } : { kind, signingSecret, port, host: '127.0.0.1' },
    botToken,
    apiUrl: workspace.apiUrl,
    deliveries: requestDeliveries(store.deliveries),
    actions: store.actions,
    logger: { info: log('info'), warn: log('warn'), error: log('error') },
    now,
    randomId: randomUUID,
    onConnection: (connected) => connections.push(connected ? 'connected' : 'lost'),
    ...settings.chat,
  });
  parts.use(chat);
  const requests: Request[] = [];
  let waitedFor = 0;
  const dispatch: Dispatch = async (request) => {
    requests.push(request);
    await settings.dispatch?.(request);
  };
  await chat.start(dispatch);
  if (kind === 'http') await workspace.register(`http://127.0.0.1:${String(port)}`);
  const owned = parts.move();
  return {
    workspace,
    chat,
    store,
    url: `http://127.0.0.1:${String(port)}/slack/events`,
    requests,
    connections,
    logged,
    async nextRequest() {
      const index = waitedFor;
      waitedFor += 1;
      return eventually(() => requests[index]);
    },
    later(ms) {
      ahead += ms;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function populate({ directory }: Workspace): void {
  directory.addUser({ id: 'U0ALICE', name: 'alice' });
  directory.addUser({ id: 'U0BOB', name: 'bob' });
  directory.addUser({ id: 'U0GUS', name: 'gus', isRestricted: true });
  directory.addUser({ id: 'U0ONE', name: 'one', isUltraRestricted: true });
  directory.addUser({ id: 'U0BOT', name: 'robot', isBot: true });
  directory.addUser({ id: 'U0GONE', name: 'gone', isDeleted: true });
  directory.addUser({ id: 'U0OLGA', name: 'olga', team: 'T0OTHER' });
  directory.addUser({ id: 'U0SAM', name: 'sam', team: 'T0OTHER', isStranger: true });
  directory.addGroup({ id: 'S0SRE', handle: 'sre', members: ['U0ALICE'] });
  directory.addGroup({ id: 'S0LEADS', handle: 'leads', members: ['U0BOB'] });
  directory.addChannel({ id: 'C0DEPLOYS', name: 'deploys' });
  const people = directory.users().filter(({ isBot }) => !isBot);
  directory.addChannel({ id: 'C0CLOSED', name: 'closed', members: people.map(({ id }) => id) });
}

/** Asks again and again until there is something. @throws after `deadlineMs`. */
export async function eventually<T>(
  find: () => T | null | undefined | false,
  deadlineMs = 5_000,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const found = find();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`still nothing after ${String(deadlineMs)} ms: ${String(find)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
