import { type Deadline, deadline } from '../swarm/deadline.ts';
import { EngineFailure } from './engine.ts';
import { commonApiVersion, newestApi, oldestApi } from './api-version.ts';
import { brokenExchangeFailure } from './broken-exchange-failure.ts';
import type { EngineRoute } from './engine-route.ts';
import { type EngineSubject, engineName } from './engine-subject.ts';
import {
  BrokenExchange,
  type Exchange,
  exchange,
  type HttpAnswer,
  openExchange,
  type Route,
} from './exchange.ts';
import { refusal } from './refusal.ts';

/** Milliseconds and bytes. */
export interface CallLimits {
  readonly readTimeout: number;
  readonly writeTimeout: number;
  readonly maxBody: number;
}

/**
 * Ten seconds are long for a read. A write gets more than the 20 s after which the daemon itself gives up waiting for
 * the Swarm's managers, so that the daemon's word is heard. 64 MB hold more than 10,000 tasks.
 */
export const defaultLimits: CallLimits = {
  readTimeout: 10_000,
  writeTimeout: 25_000,
  maxBody: 64 * 1024 * 1024,
};

/** A request without the version; the path has no query. */
export interface EngineRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Sends a request and gives the body of a 2xx answer. Throws EngineFailure for everything else, always in time. */
export type EngineCall = (
  request: EngineRequest,
  subject: EngineSubject,
  signal?: AbortSignal,
) => Promise<string>;

/**
 * The same for a read whose body is given as it comes, as fast as it is taken.
 * @param within milliseconds for the whole of it; then reading throws `timed-out`
 */
type EngineStream = (
  request: EngineRequest,
  subject: EngineSubject,
  within: number,
  signal?: AbortSignal,
) => Promise<AsyncIterable<Uint8Array>>;

export interface EngineCalls {
  readonly text: EngineCall;
  readonly stream: EngineStream;
}

/** Sends a message once. */
type Send<A extends HttpAnswer> = (route: Route, message: Exchange, signal: AbortSignal) => Promise<A>;

interface Session {
  readonly route: Route;
  /** The version that is spoken. */
  readonly version: string;
  /** What the engine's Api-Version said. */
  readonly theirs: string;
}

/**
 * Calls to one engine, in the highest API version that both sides know. The version is negotiated at the first call,
 * again after a failed connection or when an answer's Api-Version shows another engine than before, and before every
 * write: an old version would strip what it doesn't know from a spec.
 */
export function engineCalls(way: EngineRoute, limits: CallLimits): EngineCalls {
  let session: Session | undefined;

  async function negotiate(subject: EngineSubject, signal: AbortSignal): Promise<Session> {
    session = undefined;
    const route = await way.open().catch((error: Error) => {
      throw new BrokenExchange(error, false);
    });
    const ping = await again(() =>
      exchange(route, { method: 'GET', path: '/_ping' }, limits.maxBody, signal),
    );
    const theirs = ping.headers['api-version'];
    if (typeof theirs !== 'string') throw noEngine(subject, ping);
    const version = commonApiVersion(theirs);
    if (version === undefined) {
      throw new EngineFailure(
        'unavailable',
        'rejected',
        `${engineName(subject)} speaks Engine API ${theirs}, and Shipmate needs ${oldestApi} (Docker 20.10) or newer: upgrade it.`,
      );
    }
    session = { route, version, theirs };
    return session;
  }

  async function versioned<A extends HttpAnswer>(
    request: EngineRequest,
    current: Session,
    signal: AbortSignal,
    send: Send<A>,
  ): Promise<A> {
    const query = request.query === '' ? '' : `?${request.query}`;
    const path = `/v${current.version}${request.path}${query}`;
    const { method, body, headers } = request;
    const message: Exchange = { method, path, body, headers };
    const once = () => send(current.route, message, signal);
    const answer = await (request.method === 'GET' ? again(once) : once());
    const theirs = answer.headers['api-version'];
    if (theirs !== undefined && theirs !== current.theirs) session = undefined;
    return answer;
  }

  async function ask<A extends HttpAnswer>(
    request: EngineRequest,
    subject: EngineSubject,
    timeout: number,
    signal: AbortSignal | undefined,
    send: Send<A>,
  ): Promise<A> {
    const write = request.method !== 'GET';
    using end = deadline(timeout, signal);
    const either = end.signal;
    let sent = false;
    try {
      either.throwIfAborted();
      let agreed = (write ? undefined : session) ?? (await negotiate(subject, either));
      sent = write;
      let answer = await versioned(request, agreed, either, send);
      if (speaksOtherVersion(answer)) {
        // Another engine than before, or several behind a proxy. Nothing was done: an engine looks at the version first.
        sent = false;
        agreed = await negotiate(subject, either);
        sent = write;
        answer = await versioned(request, agreed, either, send);
      }
      if (answer.status >= 200 && answer.status < 300) return answer;
      throw speaksOtherVersion(answer) ? tooNew(subject) : refusal(subject, answer);
    } catch (error) {
      if (signal?.aborted) throw aborted(subject, sent);
      if (end.passed) {
        session = undefined;
        throw timedOut(subject, timeout, sent);
      }
      if (!(error instanceof BrokenExchange)) throw error;
      session = undefined;
      throw brokenExchangeFailure(subject, error, sent);
    }
  }

  return {
    async text(request, subject, signal) {
      const timeout = request.method === 'GET' ? limits.readTimeout : limits.writeTimeout;
      const send: Send<HttpAnswer> = (route, message, either) =>
        exchange(route, message, limits.maxBody, either);
      return (await ask(request, subject, timeout, signal, send)).body;
    },
    async stream(request, subject, within, signal) {
      using parts = new DisposableStack();
      const life = parts.use(deadline(within, signal));
      const timeout = Math.min(within, limits.readTimeout);
      const answer = await ask(request, subject, timeout, signal, (route, message, either) =>
        openExchange(route, message, limits.maxBody, either, life.signal),
      );
      parts.move();
      return translated(answer.stream, life, (error) => {
        if (signal?.aborted) return aborted(subject, false);
        if (life.passed) return timedOut(subject, within, false);
        return error instanceof BrokenExchange ? brokenExchangeFailure(subject, error, false) : error;
      });
    },
  };
}

/** What goes wrong within a stream comes to its reader, in the words that `failureFor` has for it. */
async function* translated(
  stream: AsyncIterable<Uint8Array>,
  life: Deadline,
  failureFor: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    throw failureFor(error);
  } finally {
    life[Symbol.dispose]();
  }
}

/** Once more, when the other side had closed an idle connection just as it was used again. For reads alone. */
async function again<A extends HttpAnswer>(once: () => Promise<A>): Promise<A> {
  try {
    return await once();
  } catch (error) {
    const closed = error instanceof BrokenExchange && error.reused && /^(ECONNRESET|EPIPE)$/.test(error.code);
    if (!closed) throw error;
    return once();
  }
}

function speaksOtherVersion(answer: HttpAnswer): boolean {
  return answer.status === 400 && /client version \S+ is too (new|old)/.test(answer.body);
}

function noEngine(subject: EngineSubject, ping: HttpAnswer): EngineFailure {
  if (ping.status !== 200) return refusal({ ...subject, method: 'GET', path: '/_ping' }, ping);
  return new EngineFailure(
    'unavailable',
    'garbled',
    `${engineName(subject)} answers, but not as a Docker engine does: GET /_ping bears no Api-Version.`,
  );
}

function tooNew(subject: EngineSubject): EngineFailure {
  return new EngineFailure(
    'unavailable',
    'rejected',
    `${engineName(subject)} doesn't speak any Engine API that Shipmate does (${oldestApi} to ${newestApi}): Shipmate needs an upgrade.`,
  );
}

function aborted(subject: EngineSubject, uncertain: boolean): EngineFailure {
  return new EngineFailure(
    'unavailable',
    'aborted',
    `${subject.method} ${subject.path} on ${subject.cluster} was called off.`,
    { uncertain },
  );
}

function timedOut(subject: EngineSubject, timeout: number, uncertain: boolean): EngineFailure {
  return new EngineFailure(
    'unavailable',
    'timed-out',
    `${engineName(subject)} didn't answer ${subject.method} ${subject.path} within ${timeout / 1000} s.`,
    { uncertain },
  );
}
