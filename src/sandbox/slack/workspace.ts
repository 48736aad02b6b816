import { randomUUID } from 'node:crypto';
import { createCourier, type DeliverySettings } from './delivery.ts';
import type { Directory } from './directory.ts';
import { createFaultTable, type MethodFaults } from './faults.ts';
import type { StoredFile } from './files.ts';
import type { Call, Delivery, Happening, Retry } from './happenings.ts';
import { createHttpTransport } from './http-transport.ts';
import { readManifest, type SlashCommand } from './manifest.ts';
import type { Message } from './messages.ts';
import { directoryEvents, eventCallback } from './events.ts';
import { person, type Person } from './person.ts';
import { listen, slackServer } from './server.ts';
import { createSocketTransport, type SocketFaults } from './socket-transport.ts';
import { createState, type Team } from './state.ts';
import type { OpenView } from './views.ts';
import { waitFor } from './wait-for.ts';
import type { Credentials } from './web-api/answer-call.ts';
import type { Surroundings } from './web-api/method.ts';
import { createRateLimiter } from './web-api/rate-limiter.ts';

export type { Call, Delivery, Happening } from './happenings.ts';
export type { Message } from './messages.ts';
export type { Person } from './person.ts';
export type { OpenView } from './views.ts';

export interface WorkspaceOptions extends Partial<DeliverySettings> {
  /** Path of the app's manifest; its scopes, commands and events are what the app gets. */
  readonly manifest?: string;
  /** 0, the default, is any free port. */
  readonly port?: number;
  /** The address to listen on; only this machine's own when absent. */
  readonly host?: string;
  /** Over HTTP, the app's address may also be registered later. */
  readonly delivery: { readonly kind: 'socket' } | { readonly kind: 'http'; readonly url?: string };
  /** Slack's rate limits are off unless asked for. */
  readonly rateLimits?: boolean;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Everything that goes wrong only on demand. */
interface Faults extends MethodFaults, SocketFaults {
  /** Delivers a payload once more, as Slack does when it isn't sure. */
  redeliver(delivery: Delivery, retry: Retry): Promise<Delivery>;
}

/** A Slack workspace on this machine, with one app installed, from its start until it is disposed of. */
export interface Workspace extends AsyncDisposable {
  /** For the app's `slackApiUrl`: `http://127.0.0.1:4000/api/`. */
  readonly apiUrl: string;
  readonly credentials: Credentials;
  readonly team: Team;
  /** The app's own user, and its id as a bot. */
  readonly bot: { readonly user: string; readonly id: string };
  /** The app's slash commands. */
  readonly commands: readonly SlashCommand[];
  readonly directory: Directory;
  readonly faults: Faults;
  /** How many Socket Mode connections the app has. */
  readonly connections: number;
  readonly calls: readonly Call[];
  readonly deliveries: readonly Delivery[];
  readonly files: readonly StoredFile[];
  /** What everybody in a channel sees, thread replies included, oldest first. */
  messages(channel: string): readonly Message[];
  /** What one user alone sees in a channel. */
  ephemerals(user: string, channel: string): readonly Message[];
  /** The modal in front of a user. */
  view(user: string): OpenView | undefined;
  /** A user's modals, the one in front last. */
  modals(user: string): readonly OpenView[];
  /** The app's home tab, as a user sees it. */
  home(user: string): OpenView | undefined;
  as(user: string): Person;
  /** Over HTTP: saves the app's address, after a `url_verification`. */
  register(url: string): Promise<void>;
  /** @returns how to stop listening. */
  on(listener: (happening: Happening) => void): () => void;
  /**
   * Waits until `find` gives something, asking again whenever anything happens.
   * @throws when it hasn't within `deadlineMs` (5 s), telling what was there instead.
   */
  waitFor<T>(find: () => T | null | undefined | false, deadlineMs?: number): Promise<T>;
}

export async function startWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const { now = Date.now, delivery, host = '127.0.0.1' } = options;
  const manifest = await readManifest(options.manifest ?? 'manifest.yml');
  const stopping = new AbortController();
  const credentials: Credentials = {
    botToken: `xoxb-local-${randomUUID()}`,
    appToken: `xapp-local-${randomUUID()}`,
    signingSecret: randomUUID(),
  };
  const pending = new Set<Promise<unknown>>();
  const background = (work: Promise<unknown>) => {
    pending.add(work);
    void work.finally(() => pending.delete(work));
  };
  const state = createState(manifest, now, (change) => {
    for (const event of directoryEvents(state, change)) {
      if (manifest.events.includes(String(event['type']))) {
        background(courier.announce(eventCallback(state, event)));
      }
    }
  });
  const faults = createFaultTable();
  const server = slackServer({
    surroundings: () => surroundings,
    credentials,
    faults,
    limiter: options.rateLimits === true ? createRateLimiter(now) : null,
    signal: stopping.signal,
  });
  const socket = createSocketTransport({
    server,
    appId: state.app.id,
    connectionsChanged: (open) => state.happenings.tell({ kind: 'connection', open }),
  });
  const { signingSecret } = credentials;
  const http = createHttpTransport({
    url: delivery.kind === 'http' ? delivery.url : undefined,
    signingSecret,
    now,
  });
  const courier = createCourier({
    state,
    transport: delivery.kind === 'http' ? http : socket,
    settings: {
      acknowledgeWithinMs: options.acknowledgeWithinMs ?? 3000,
      redeliverAfterMs: options.redeliverAfterMs ?? [0, 60_000, 300_000],
    },
    signal: stopping.signal,
  });
  const port = await listen(server, options.port ?? 0, host);
  const origin = `http://${host}:${port}`;
  const surroundings: Surroundings = {
    state,
    origin,
    openConnection: () => `ws://${host}:${port}${socket.openConnection()}`,
  };
  const calls: Call[] = [];
  const deliveries: Delivery[] = [];
  state.happenings.on((happening) => {
    if (happening.kind === 'call') calls.push(happening.call);
    if (happening.kind === 'delivery') deliveries.push(happening.delivery);
  });
  const channelId = (name: string) => state.directory.channel(name)?.id;

  return {
    apiUrl: `${origin}/api/`,
    credentials,
    team: state.team,
    bot: { user: state.app.botUser, id: state.app.botId },
    commands: manifest.commands,
    directory: state.directory,
    faults: { ...faults, ...socket.faults, redeliver: courier.again },
    calls,
    deliveries,
    get connections() {
      return socket.connections;
    },
    get files() {
      return state.files.all();
    },
    messages: (channel) =>
      state.messages
        .all()
        .filter((message) => message.channel === channelId(channel) && message.visibleTo === null),
    ephemerals: (user, channel) =>
      state.messages
        .all()
        .filter((message) => message.channel === channelId(channel) && message.visibleTo === user),
    view: (user) => state.views.modals(user).at(-1),
    modals: (user) => state.views.modals(user),
    home: (user) => state.views.home(user),
    as: (user) => person(user, { state, courier, origin, background }),
    register: (url) => http.register(url),
    on: (listener) => state.happenings.on(listener),
    waitFor: (find, deadlineMs = 5000) =>
      waitFor(state, calls, find, { deadlineMs, signal: stopping.signal }),
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await socket[Symbol.asyncDispose]();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.allSettled(pending);
    },
  };
}
