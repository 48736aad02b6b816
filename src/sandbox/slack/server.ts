import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fault, FaultTable } from './faults.ts';
import { asObject, asText, parseJson, type Json } from './json.ts';
import { Refusal } from './refusal.ts';
import { respond } from './respond.ts';
import { answerCall, tooMany, type Credentials, type HttpAnswer } from './web-api/answer-call.ts';
import { argumentsOf, readBody, uploadOf, type Body } from './web-api/body.ts';
import type { Surroundings } from './web-api/method.ts';
import type { RateLimiter } from './web-api/rate-limiter.ts';

export interface ServerParts {
  readonly surroundings: () => Surroundings;
  readonly credentials: Credentials;
  readonly faults: FaultTable;
  readonly limiter: RateLimiter | null;
  readonly signal: AbortSignal;
}

/** Slack's HTTP face: `/api/METHOD`, response_urls under `/commands` and `/actions`, and `/upload/FILE`. */
export function slackServer(parts: ServerParts): Server {
  return createServer((request, response) => {
    handle(request, response, parts).catch((error: unknown) => {
      if (parts.signal.aborted || response.headersSent) response.destroy();
      else send(response, { status: 500, headers: {}, body: { ok: false, error: String(error) } });
    });
  });
}

/** Listens on this machine alone, unless `host` says else. @param port 0 for any free one. @returns the port. @throws when it is taken. */
export async function listen(server: Server, port: number, host = '127.0.0.1'): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

async function handle(request: IncomingMessage, response: ServerResponse, parts: ServerParts): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const body = await readBody(request);
  const [, family = '', name = ''] = pathname.split('/');
  switch (family) {
    case 'api': {
      const { token: givenToken, ...args } = await argumentsOf(body);
      const token = request.headers.authorization?.replace(/^Bearer /, '') ?? asText(givenToken);
      const answer = () =>
        answerCall({ method: name, token, args }, { ...parts, surroundings: parts.surroundings() });
      return answered(response, parts, name, args, answer);
    }
    case 'commands':
    case 'actions': {
      const args = asObject(parseBody(body)) ?? {};
      const answer = () => answerResponseUrl(pathname, args, parts.surroundings());
      return answered(response, parts, 'response_url', args, answer);
    }
    case 'upload': {
      const content = await uploadOf(body);
      const args = { file: name, length: content.length };
      const answer = () => answerUpload(name, content, parts.surroundings());
      return answered(response, parts, 'upload', args, answer);
    }
    default:
      send(response, { status: 404, headers: {}, body: { ok: false, error: 'not_found' } });
  }
}

async function answered(
  response: ServerResponse,
  { faults, surroundings, signal }: ServerParts,
  method: string,
  args: Json,
  answer: () => HttpAnswer,
): Promise<void> {
  const { happenings, now } = surroundings().state;
  const at = now();
  let result: HttpAnswer | undefined;
  let lost = false;
  let struck = faults.strike(method, args);
  for (let held = heldUntil(struck); held !== undefined; held = heldUntil(struck)) {
    await held;
    // Nobody waits for it any more: it isn't carried out.
    if (response.destroyed) return;
    struck = faults.strike(method, args);
  }
  for (const fault of struck) {
    switch (fault.kind) {
      case 'held':
        break;
      case 'slow':
        await delay(fault.ms, undefined, { signal });
        break;
      case 'rate limit':
        result ??= tooMany(fault.retryAfter);
        break;
      case 'status':
        result ??= { status: fault.status, headers: {}, body: {} };
        break;
      case 'lost':
        lost = true;
        break;
      case 'error':
        result ??= { status: 200, headers: {}, body: { ok: false, error: fault.error } };
        break;
    }
  }
  result ??= answer();
  if (lost) response.destroy();
  else send(response, result);
  happenings.tell({ kind: 'call', call: { method, args, status: result.status, answer: result.body, at } });
}

function heldUntil(struck: readonly Fault[]): Promise<void> | undefined {
  return struck.find((fault) => fault.kind === 'held')?.until;
}

function answerResponseUrl(path: string, args: Json, { state }: Surroundings): HttpAnswer {
  try {
    respond(state, state.responseUrls.use(path), args);
    return { status: 200, headers: {}, body: { ok: true } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const gone = ['used_url', 'expired_url', 'no_service'].includes(error.code);
    return {
      status: gone ? 404 : 400,
      headers: {},
      body: { ok: false, error: error.code, ...error.detail },
    };
  }
}

function answerUpload(id: string, content: Buffer, { state }: Surroundings): HttpAnswer {
  const file = state.files.find(id);
  const right = file !== undefined && file.length === content.length;
  if (right) state.files.fill(id, content);
  return { status: right ? 200 : 400, headers: {}, body: { ok: right } };
}

function parseBody({ bytes }: Body): unknown {
  try {
    return parseJson(bytes.toString());
  } catch {
    return {};
  }
}

function send(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  const isJson = status === 200 || Object.keys(body).length > 0;
  response.writeHead(status, {
    'content-type': isJson ? 'application/json; charset=utf-8' : 'text/html',
    ...headers,
  });
  response.end(isJson ? JSON.stringify(body) : '<html><body>Something went wrong</body></html>');
}
