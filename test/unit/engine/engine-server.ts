import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connectEngines } from '../../../src/engine/connect-engines.ts';
import { type Engine, EngineFailure } from '../../../src/engine/engine.ts';
import type { CallLimits } from '../../../src/engine/engine-calls.ts';
import type { RegistryAuths } from '../../../src/swarm/registry-auth.ts';

interface Received {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly headers: http.IncomingHttpHeaders;
}

/** What an engine at a unix socket was asked, and the address for its clients. */
export interface EngineServer extends AsyncDisposable {
  readonly host: string;
  /** Without pings. */
  readonly received: readonly Received[];
  /** How many there have been. */
  readonly connections: () => number;
  /** How many there are. */
  readonly open: () => number;
}

export type Answer = (request: http.IncomingMessage, response: http.ServerResponse) => void | Promise<void>;

/** A real HTTP server that speaks API 1.51 and answers everything but `/_ping` as it is told to. */
export async function engineServer(
  answer: Answer,
  apiVersion: () => string = () => '1.51',
): Promise<EngineServer> {
  const received: Received[] = [];
  let connections = 0;
  let open = 0;
  const server = http.createServer((request, response) => {
    void (async () => {
      response.setHeader('Api-Version', apiVersion());
      if (request.url === '/_ping') {
        response.end('OK');
        return;
      }
      const { method = '', url = '', headers } = request;
      received.push({ method, url, body: await text(request), headers });
      await answer(request, response);
    })();
  });
  server.on('connection', (socket) => {
    connections += 1;
    open += 1;
    socket.on('close', () => {
      open -= 1;
    });
  });
  const listening = await listen(server);
  return {
    ...listening,
    received,
    connections: () => connections,
    open: () => open,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await listening[Symbol.asyncDispose]();
    },
  };
}

/** A server that speaks no HTTP of its own accord. */
export async function socketServer(
  onConnection: (socket: net.Socket) => void,
): Promise<{ readonly host: string } & AsyncDisposable> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onConnection(socket);
  });
  const listening = await listen(server);
  return {
    ...listening,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await listening[Symbol.asyncDispose]();
    },
  };
}

async function listen(server: net.Server): Promise<{ readonly host: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'shipmate-engine-'));
  const path = join(folder, 'docker.sock');
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    host: `unix://${path}`,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}

export function json(body: unknown, status = 200): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  };
}

/** Deadlines that a test can wait for. */
export const shortLimits: CallLimits = { readTimeout: 300, writeTimeout: 600, maxBody: 100_000 };

/** The engine of a cluster called prod. */
export function prod(
  host: string,
  limits?: CallLimits,
  registryAuths?: () => RegistryAuths,
): { readonly engine: Engine } & AsyncDisposable {
  const options = { ...(limits && { limits }), ...(registryAuths && { registryAuths }) };
  const engines = connectEngines({ prod: { host } }, {}, options);
  return { engine: engines.get('prod'), [Symbol.asyncDispose]: () => engines[Symbol.asyncDispose]() };
}

/** How a call failed. */
export async function failureOf(call: Promise<unknown>): Promise<EngineFailure> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof EngineFailure) return error;
  throw new Error('expected an EngineFailure', { cause: error });
}

/** A service as small as an engine may give it. */
export function service(name: string, extra: object = {}): object {
  return { ID: `id-of-${name}`, Version: { Index: 7 }, Spec: { Name: name, TaskTemplate: {} }, ...extra };
}
