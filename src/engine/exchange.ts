import http from 'node:http';
import https from 'node:https';
import { addAbortSignal } from 'node:stream';

/** Where requests go, and how: an agent that keeps connections alive, and Node's own options for the connection. */
export interface Route {
  readonly agent: http.Agent;
  readonly secure: boolean;
  readonly options: https.RequestOptions;
}

export interface Exchange {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** JSON. */
  readonly body?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** An exchange that got no whole answer. `cause` is Node's error. */
export class BrokenExchange extends Error {
  override readonly name = 'BrokenExchange';
  /** Node's error code: ECONNREFUSED, CERT_HAS_EXPIRED, HPE_INVALID_CONSTANT, … */
  readonly code: string;
  /** The connection had carried an earlier exchange: the other side may just have closed it for being idle. */
  readonly reused: boolean;

  constructor(cause: Error, reused: boolean) {
    super(cause.message, { cause });
    this.code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
    this.reused = reused;
  }
}

/** An answer whose body is read as it comes: `body` is empty. Or a refusal, with its body read and nothing to come. */
export interface StreamedAnswer extends HttpAnswer {
  /** Throws BrokenExchange. */
  readonly stream: AsyncIterable<Uint8Array>;
}

/**
 * One HTTP exchange, its body read whole. Redirects are answers like any other: an engine has no reason to send its
 * client elsewhere.
 * @param limit bytes of body that are taken at most
 * @throws BrokenExchange, also when the signal aborts
 */
export async function exchange(
  route: Route,
  request: Exchange,
  limit: number,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const outgoing = outgoingRequest(route, request, signal);
  try {
    const response = await responseTo(outgoing, request);
    addAbortSignal(signal, response);
    return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response, limit) };
  } catch (error) {
    throw broken(outgoing, error);
  }
}

/**
 * The same, with a 2xx answer's body as it comes; whoever stops reading it closes the connection.
 * @param limit bytes of a refusal that are taken at most
 * @param signal for the answer's head, and a refusal's body
 * @param life for the whole
 * @throws BrokenExchange, also when a signal aborts
 */
export async function openExchange(
  route: Route,
  request: Exchange,
  limit: number,
  signal: AbortSignal,
  life: AbortSignal,
): Promise<StreamedAnswer> {
  const heading = new AbortController();
  const giveUp = () => heading.abort(signal.reason);
  signal.addEventListener('abort', giveUp, { once: true });
  const either = AbortSignal.any([heading.signal, life]);
  const outgoing = outgoingRequest(route, request, either);
  try {
    signal.throwIfAborted();
    const response = await responseTo(outgoing, request);
    addAbortSignal(either, response);
    const { statusCode: status = 0, headers } = response;
    const isGood = status >= 200 && status < 300;
    const body = isGood ? '' : await text(response, limit);
    return { status, headers, body, stream: isGood ? bodyOf(response, outgoing) : nothing() };
  } catch (error) {
    throw broken(outgoing, error);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

function outgoingRequest(route: Route, request: Exchange, signal: AbortSignal): http.ClientRequest {
  return (route.secure ? https : http).request({
    ...route.options,
    agent: route.agent,
    method: request.method,
    path: request.path,
    headers: {
      ...request.headers,
      ...(request.body === undefined
        ? {}
        : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(request.body) }),
    },
    signal,
  });
}

function responseTo(outgoing: http.ClientRequest, { body }: Exchange): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.on('error', reject);
    // An answer that nobody asked for, as 101 is, closes the connection without an error.
    outgoing.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
    outgoing.end(body);
  });
}

function broken(outgoing: http.ClientRequest, error: unknown): BrokenExchange {
  // What is left unread must not keep the connection.
  outgoing.destroy();
  return new BrokenExchange(error instanceof Error ? error : new Error(String(error)), outgoing.reusedSocket);
}

async function* bodyOf(
  response: http.IncomingMessage,
  outgoing: http.ClientRequest,
): AsyncGenerator<Uint8Array> {
  try {
    const body: AsyncIterable<Uint8Array> = response;
    yield* body;
  } catch (error) {
    throw broken(outgoing, error);
  } finally {
    if (!response.complete) outgoing.destroy();
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function text(response: http.IncomingMessage, limit: number): Promise<string> {
  const body: AsyncIterable<Uint8Array> = response;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const bytes of body) {
    size += bytes.length;
    if (size > limit) throw Object.assign(new Error(`more than ${limit} bytes`), { code: 'TOO_LARGE' });
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
