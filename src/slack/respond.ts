import { z } from 'zod';
import { deadline } from '../swarm/deadline.ts';
import type { ComposedMessage } from './compose-message.ts';
import { type PersistenceTools, persistently } from './persistently.ts';
import { SlackFailure } from './slack-failure.ts';

/** An address that Slack gives with a command or a click, for answers. */
export interface ResponseUrl {
  readonly url: string;
  /** What a click came from; `none` for a command. */
  readonly original: 'none' | 'ephemeral' | 'public';
  /** When Slack gave it. Milliseconds since 1970. */
  readonly since: number;
}

/** Slack takes five answers in thirty minutes; a little less is used, as clocks differ. */
export const responseLimits = { uses: 5, lifetime: 29 * 60_000 };

/** How long an asker may wait to be told: Slack's bad minute passes, and the answer is still about something. Milliseconds. */
export const askersPatience = { within: 120_000, tries: Infinity };
const timeout = 5_000;

/**
 * Answers to a response_url, seen by the asker alone. An ephemeral original is replaced, a public one never is.
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 * @throws SlackFailure when the address is used up, or Slack can't be reached.
 */
export async function respond(
  { url, original }: ResponseUrl,
  { blocks, text }: ComposedMessage,
  tools: PersistenceTools,
): Promise<void> {
  const body = JSON.stringify({
    response_type: 'ephemeral',
    replace_original: original === 'ephemeral',
    text,
    blocks,
    unfurl_links: false,
    unfurl_media: false,
  });
  await persistently('a response_url', () => post(url, body, tools.signal), askersPatience, tools);
}

async function post(url: string, body: string, signal: AbortSignal): Promise<void> {
  using end = deadline(timeout, signal);
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    redirect: 'error',
    signal: end.signal,
  });
  const said = await response.text();
  if (response.ok) {
    const code = refusedWith(said);
    if (code === undefined) return;
    throw new SlackFailure(`Slack refused an answer to a response_url: ${code}.`, { code, cause: said });
  }
  const seconds = Number(response.headers.get('retry-after') ?? 0);
  const passes = response.status === 429 || response.status >= 500;
  throw new SlackFailure(`Slack answered a response_url with HTTP ${String(response.status)}.`, {
    ...(passes && { retryAfter: (Number.isFinite(seconds) ? seconds : 0) * 1000 }),
    cause: said.slice(0, 300),
  });
}

const refusal = z.object({ ok: z.literal(false), error: z.string().default('no reason given') });

/** What is wrong, when the answer is JSON that says so; mostly it is the text `ok`. */
function refusedWith(said: string): string | undefined {
  try {
    return refusal.safeParse(JSON.parse(said)).data?.error;
  } catch {
    return undefined;
  }
}
