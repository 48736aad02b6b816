import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { listen } from '../slack/server.ts';
import type { Workspace } from '../slack/workspace.ts';
import { turnAway } from '../turn-away.ts';
import type { Bundle } from './bundle.ts';
import { isFromHere, isForHere } from './same-origin.ts';
import { createLive, type Live, type LiveParts } from './live.ts';

/** The page that shows the workspace, from its start until it is disposed of. */
export interface Page extends AsyncDisposable {
  /** `http://127.0.0.1:7788/` */
  readonly address: string;
}

interface PageOptions extends Omit<LiveParts, 'workspace'> {
  /** What `bundlePage` gives. */
  readonly bundle: Bundle;
  /** 0, the default, is any free port. */
  readonly port?: number;
  /** Another port when that one is taken. */
  readonly orAnother?: boolean;
}

/** Nobody sends as much by hand. */
const mostBytes = 1024 * 1024;

/** What a page may load and where it may connect: itself. Pictures in messages come from anywhere. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src https: http: data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Serves the page to this machine alone. There is no secret in the address: whoever is on this machine can
 * open it, and another site's page can't, since Host and Origin must be this address's own.
 * @throws when the port is taken.
 */
export async function servePage(workspace: Workspace, options: PageOptions): Promise<Page> {
  const live = createLive({ ...options, workspace });
  const server = createServer((request, response) => answer(request, response, options.bundle, workspace));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: mostBytes });
  server.on('upgrade', (request, stream, head) => accept(sockets, live, request, stream, head));
  const port = await portFor(server, options);

  return {
    address: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      live[Symbol.dispose]();
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function portFor(
  server: ReturnType<typeof createServer>,
  { port = 0, orAnother = false }: PageOptions,
): Promise<number> {
  try {
    return await listen(server, port);
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!isTaken || !orAnother) throw error;
    return listen(server, 0);
  }
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  bundle: Bundle,
  workspace: Workspace,
): void {
  const reply = (status: number, headers: Record<string, string>, content: string | Uint8Array) => {
    response.writeHead(status, { ...headers, 'x-content-type-options': 'nosniff' }).end(content);
  };
  if (!isForHere(request)) return reply(403, {}, 'This page is for this machine alone.\n');
  if (request.method !== 'GET') return reply(405, { allow: 'GET' }, '');
  const pathname = URL.parse(request.url ?? '/', 'http://localhost')?.pathname ?? '';
  const asset = bundle.get(pathname);
  if (asset !== undefined) {
    const caching = asset.isLasting ? 'max-age=31536000, immutable' : 'no-cache';
    const headers = { 'content-type': asset.type, 'cache-control': caching };
    return reply(200, { ...headers, 'content-security-policy': policy }, asset.content);
  }
  const id = /^\/files\/(\w+)$/.exec(pathname)?.[1];
  const file = workspace.files.find((file) => file.id === id);
  // Whatever it is, the browser shows it as text and runs nothing of it.
  if (file?.content) return reply(200, { 'content-type': 'text/plain; charset=utf-8' }, file.content);
  reply(404, {}, 'There is nothing here.\n');
}

function accept(
  sockets: WebSocketServer,
  live: Live,
  request: IncomingMessage,
  stream: Duplex,
  head: Buffer,
): void {
  if (!isFromHere(request) || request.url !== '/live') {
    turnAway(stream, '403 Forbidden');
    return;
  }
  sockets.handleUpgrade(request, stream, head, (socket) => live.join(socket));
}
