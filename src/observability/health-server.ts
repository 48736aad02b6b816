import { once } from 'node:events';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../swarm/failure.ts';
import type { Metrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';

export interface HealthServerOptions {
  /** 0 is any free port. */
  readonly port: number;
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  readonly readiness: () => Promise<Readiness>;
  /** Milliseconds; only differences count. */
  readonly now: () => number;
}

export interface HealthServer extends AsyncDisposable {
  readonly port: number;
}

/** A process whose timers come later than this does nothing else in time either. Milliseconds. */
const mostLag = 2_000;
/** Milliseconds. */
const limits = { request: 5_000 };

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/**
 * Answers `/healthz` (the process does its work in time), `/readyz` (it could serve a command now) and `/metrics`. It tells names
 * of clusters and counts, and no secrets; it has no authentication, and is for the network that Shipmate itself is in.
 * @throws Failure `input` when the port can't be had
 */
export async function startHealthServer(options: HealthServerOptions): Promise<HealthServer> {
  const server = http.createServer((request, response) => {
    void (async () => {
      const { status, type, body } = await answer(request, options);
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
      response.end(request.method === 'HEAD' ? undefined : body);
    })();
  });
  server.requestTimeout = limits.request;
  server.headersTimeout = limits.request;
  try {
    server.listen(options.port);
    await once(server, 'listening');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Failure('input', `Shipmate can't listen on HEALTH_PORT ${options.port}: ${why}.`, { cause });
  }
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : options.port,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(request: http.IncomingMessage, options: HealthServerOptions): Promise<Reply> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return text(405, 'only GET');
  try {
    switch (request.url?.split('?', 1)[0] ?? '') {
      case '/healthz': {
        const lag = await timerLag(options.now);
        return lag <= mostLag ? text(200, 'ok') : text(503, `timers come ${Math.round(lag)} ms late`);
      }
      case '/readyz': {
        const readiness = await options.readiness();
        return {
          status: readiness.ready ? 200 : 503,
          type: 'application/json',
          body: `${JSON.stringify(readiness)}\n`,
        };
      }
      case '/metrics':
        return { status: 200, type: options.metrics.contentType, body: await options.metrics.text() };
      default:
        return text(404, 'there is /healthz, /readyz and /metrics');
    }
  } catch {
    return text(500, 'broken');
  }
}

function text(status: number, body: string): Reply {
  return { status, type: 'text/plain; charset=utf-8', body: `${body}\n` };
}

async function timerLag(now: () => number): Promise<number> {
  const from = now();
  await sleep(1);
  return now() - from;
}
