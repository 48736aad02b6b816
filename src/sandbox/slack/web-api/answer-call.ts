import type { Json } from '../json.ts';
import { Refusal } from '../refusal.ts';
import type { Method, Surroundings } from './method.ts';
import { methods } from './methods.ts';
import type { RateLimiter } from './rate-limiter.ts';

export interface Credentials {
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

/** A call of the Web API as it came. `token` is from the header or the arguments. */
export interface IncomingCall {
  readonly method: string;
  readonly token: string | undefined;
  readonly args: Json;
}

interface Tools {
  readonly surroundings: Surroundings;
  readonly credentials: Credentials;
  /** Null when the workspace lets everything pass. */
  readonly limiter: RateLimiter | null;
}

/** Answers as Slack does: HTTP 200 with `ok: false` for what is refused, 429 for what comes too often. */
export function answerCall(call: IncomingCall, { surroundings, credentials, limiter }: Tools): HttpAnswer {
  const method = methods.get(call.method);
  const { scopes } = surroundings.state.app.manifest;
  try {
    if (method === undefined) throw new Refusal('unknown_method', { req_method: call.method });
    authenticate(method, call.token, credentials);
    if (method.scopes.length > 0 && !method.scopes.some((scope) => scopes.includes(scope))) {
      throw new Refusal('missing_scope', { needed: method.scopes.join(','), provided: scopes.join(',') });
    }
    const wait = limiter?.wait(call.method, method.rate, call.args) ?? 0;
    if (wait > 0) return tooMany(wait);
    const body = { ok: true, ...method.call(call.args, surroundings) };
    return { status: 200, headers: scopeHeaders(method, scopes), body };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const body = { ok: false, error: error.code, ...error.detail };
    return { status: 200, headers: scopeHeaders(method, scopes), body };
  }
}

/** @param seconds until the next try. */
export function tooMany(seconds: number): HttpAnswer {
  return {
    status: 429,
    headers: { 'retry-after': String(seconds) },
    body: { ok: false, error: 'ratelimited' },
  };
}

function authenticate(method: Method, token: string | undefined, credentials: Credentials): void {
  if (token === undefined || token === '') throw new Refusal('not_authed');
  const right = method.token === 'app' ? credentials.appToken : credentials.botToken;
  if (token === right) return;
  const known = token === credentials.appToken || token === credentials.botToken;
  throw new Refusal(known ? 'not_allowed_token_type' : 'invalid_auth');
}

function scopeHeaders(
  method: Method | undefined,
  scopes: readonly string[],
): Readonly<Record<string, string>> {
  return {
    'x-oauth-scopes': scopes.join(','),
    ...(method === undefined ? {} : { 'x-accepted-oauth-scopes': method.scopes.join(',') }),
  };
}
