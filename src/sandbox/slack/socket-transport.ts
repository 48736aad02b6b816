import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { turnAway } from '../turn-away.ts';
import type { Acknowledgement } from './happenings.ts';
import { asObject, asText, parseJson } from './json.ts';
import { rawText } from './raw-text.ts';
import { Refusal } from './refusal.ts';
import type { Envelope, Transport } from './transport.ts';

const mostConnections = 10;
const pingEveryMs = 5000;
/** How long an app may take to close its end. */
const goodbyeMs = 300;

/** Why Slack asks an app to connect anew. */
type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled';

export interface SocketFaults {
  /** Sends every connection a `disconnect` message, and closes it unless the reason is `warning`. */
  disconnectAll(reason: DisconnectReason): void;
  /** Cuts every connection without a word. */
  cutAll(): void;
  /** Asks every connection to connect anew, every so many milliseconds; null ends it. */
  closeEvery(ms: number | null): void;
  /** Turns away the next `times` connections with an HTTP 503. */
  refuseConnections(times: number): void;
}

/** Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode */
export interface SocketTransport extends Transport, AsyncDisposable {
  readonly faults: SocketFaults;
  readonly connections: number;
  /** @returns the path and query of a WebSocket address for one connection. @throws Refusal `too_many_websockets`. */
  openConnection(): string;
}

interface Parts {
  readonly server: Server;
  readonly appId: string;
  readonly connectionsChanged: (open: number) => void;
}

export function createSocketTransport({ server, appId, connectionsChanged }: Parts): SocketTransport {
  const sockets = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const waiting = new Map<string, (acknowledgement: Acknowledgement) => void>();
  let refusals = 0;
  let turn = 0;
  let recycling: NodeJS.Timeout | undefined;

  function accept(socket: WebSocket): void {
    const ping = setInterval(() => socket.ping(), pingEveryMs);
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(ping);
      connectionsChanged(sockets.clients.size);
    });
    socket.on('message', (data) => {
      try {
        acknowledge(data);
      } catch {
        socket.close(1007);
      }
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: sockets.clients.size,
        connection_info: { app_id: appId },
        debug_info: { host: 'local', approximate_connection_time: 3600 },
      }),
    );
    connectionsChanged(sockets.clients.size);
  }

  function disconnectAll(reason: DisconnectReason): void {
    for (const socket of sockets.clients) {
      socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'local' } }));
      if (reason !== 'warning') socket.close(1000);
    }
  }

  function acknowledge(data: RawData): void {
    const message = asObject(parseJson(rawText(data)));
    waiting.get(asText(message?.['envelope_id']) ?? '')?.({
      kind: 'acknowledged',
      payload: message?.['payload'],
    });
  }

  server.on('upgrade', (request, stream: Duplex, head: Buffer) => {
    const ticket = URL.parse(request.url ?? '/', 'http://localhost')?.searchParams.get('ticket') ?? '';
    if (refusals > 0 || !tickets.delete(ticket)) {
      refusals = Math.max(0, refusals - 1);
      turnAway(stream, '503 Service Unavailable');
      return;
    }
    sockets.handleUpgrade(request, stream, head, accept);
  });

  return {
    get connections() {
      return sockets.clients.size;
    },
    openConnection() {
      if (sockets.clients.size >= mostConnections) throw new Refusal('too_many_websockets');
      const ticket = randomUUID();
      tickets.add(ticket);
      return `/link/?ticket=${ticket}&app_id=${appId}`;
    },
    deliver(envelope, deadlineMs) {
      const open = [...sockets.clients].filter((socket) => socket.readyState === socket.OPEN);
      turn += 1;
      const socket = open[turn % open.length];
      if (socket === undefined) return Promise.resolve({ kind: 'failed', reason: 'no connection' });
      return new Promise((resolve) => {
        const settle = (acknowledgement: Acknowledgement) => {
          clearTimeout(timer);
          waiting.delete(envelope.id);
          resolve(acknowledgement);
        };
        const timer = setTimeout(() => settle({ kind: 'timed out' }), deadlineMs);
        waiting.set(envelope.id, settle);
        socket.send(JSON.stringify(wireForm(envelope)));
      });
    },
    faults: {
      disconnectAll,
      closeEvery(ms) {
        clearInterval(recycling);
        if (ms !== null) recycling = setInterval(() => disconnectAll('refresh_requested'), ms);
      },
      cutAll() {
        for (const socket of sockets.clients) socket.terminate();
      },
      refuseConnections(times) {
        refusals = times;
      },
    },
    async [Symbol.asyncDispose]() {
      clearInterval(recycling);
      for (const settle of waiting.values()) settle({ kind: 'failed', reason: 'the workspace was closed' });
      for (const socket of sockets.clients) socket.close(1001);
      const cut = setTimeout(() => sockets.clients.forEach((socket) => socket.terminate()), goodbyeMs);
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
      clearTimeout(cut);
    },
  };
}

function wireForm({ id, type, payload, retry }: Envelope): object {
  return {
    envelope_id: id,
    type,
    payload,
    accepts_response_payload: type !== 'events_api',
    ...(type === 'events_api'
      ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' }
      : {}),
  };
}
