import { createHmac } from 'node:crypto';
import { asObject, asText, parseJson, type Json } from './json.ts';
import type { Acknowledgement } from './happenings.ts';
import type { Envelope, Transport } from './transport.ts';

/** Signed HTTP requests: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export interface HttpTransport extends Transport {
  /**
   * Saves the address that the app listens on, as the app's settings do, after a `url_verification` that must be
   * answered with its challenge.
   * @throws when it isn't.
   */
  register(url: string): Promise<void>;
}

interface Parts {
  /** The app's address, when it is known from the start; `/slack/events` is added to a bare origin. */
  readonly url: string | undefined;
  readonly signingSecret: string;
  readonly now: () => number;
}

export function createHttpTransport({ url, signingSecret, now }: Parts): HttpTransport {
  let address = url === undefined ? undefined : requestUrl(url);

  async function post(
    to: string,
    body: string,
    contentType: string,
    headers: Readonly<Record<string, string>>,
    deadlineMs: number,
  ): Promise<Response> {
    const timestamp = Math.floor(now() / 1000);
    const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
    return fetch(to, {
      method: 'POST',
      body,
      headers: {
        'content-type': contentType,
        'x-slack-request-timestamp': String(timestamp),
        'x-slack-signature': `v0=${signature}`,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        ...headers,
      },
      redirect: 'error',
      signal: AbortSignal.timeout(deadlineMs),
    });
  }

  return {
    async register(given) {
      const to = requestUrl(given);
      const challenge = `challenge-${now()}`;
      const body = JSON.stringify({ type: 'url_verification', token: 'local', challenge });
      const response = await post(to, body, 'application/json', {}, 3000);
      const text = await response.text();
      if (!response.ok || !text.includes(challenge)) {
        throw new Error(`${to} didn't answer with the challenge, but with ${response.status}: ${text}`);
      }
      address = to;
    },
    async deliver(envelope, deadlineMs) {
      if (address === undefined) return { kind: 'failed', reason: 'no address' };
      const { body, contentType } = encode(envelope);
      try {
        const response = await post(address, body, contentType, retryHeaders(envelope), deadlineMs);
        const text = await response.text();
        if (!response.ok) return { kind: 'failed', reason: `http_error ${response.status}` };
        return { kind: 'acknowledged', payload: parseAcknowledgement(text) };
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

function requestUrl(url: string): string {
  const { pathname } = new URL(url);
  return pathname === '/' ? new URL('/slack/events', url).href : url;
}

function encode({ type, payload }: Envelope): { readonly body: string; readonly contentType: string } {
  const json = JSON.stringify(payload);
  if (type === 'events_api') return { body: json, contentType: 'application/json' };
  const fields = new URLSearchParams(type === 'interactive' ? { payload: json } : {});
  if (type === 'slash_commands') {
    for (const [key, value] of Object.entries(payload)) fields.set(key, asText(value) ?? '');
  }
  return { body: fields.toString(), contentType: 'application/x-www-form-urlencoded' };
}

function retryHeaders({ retry }: Envelope): Readonly<Record<string, string>> {
  if (retry === null) return {};
  return { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason };
}

/** A JSON object, or plain text, which stands for `{ text }`. */
function parseAcknowledgement(text: string): Json {
  if (text === '') return {};
  try {
    return asObject(parseJson(text)) ?? { text };
  } catch {
    return { text };
  }
}

function failureOf(error: unknown): Acknowledgement {
  const name = asText(asObject(error)?.['name']);
  return name === 'TimeoutError' ? { kind: 'timed out' } : { kind: 'failed', reason: 'connection_failed' };
}
