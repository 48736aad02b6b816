import type { Logger } from '@slack/logger';
import { WebClient } from '@slack/web-api';
import type { z } from 'zod';
import { type Patience, type PersistenceTools, persistently } from './persistently.ts';
import { SlackFailure, slackFailure } from './slack-failure.ts';

/** Calls of Slack's Web API. Every one has a deadline, and its answer is parsed. */
export interface WebApi {
  /** @throws SlackFailure when Slack refuses, or can't be reached with all the `patience`. */
  call<T>(
    method: string,
    args: Readonly<Record<string, unknown>>,
    answer: z.ZodType<T>,
    patience?: Patience,
  ): Promise<T>;
}

export interface WebApiOptions extends PersistenceTools {
  readonly token: string;
  readonly apiUrl: string;
  /** A single try is given up after so many milliseconds. */
  readonly timeout: number;
  readonly patience: Patience;
  readonly logger: Logger;
  /** Told of every try when it has ended. */
  readonly observe: (seen: SeenSlackCall) => void;
}

/** How a call of the Web API went, for metrics. */
export interface SeenSlackCall {
  readonly method: string;
  readonly outcome: 'ok' | 'rate-limited' | 'refused' | 'failed';
  readonly milliseconds: number;
}

/**
 * A client of its own for each purpose: calls wait for each other in the SDK's queue. The SDK's retries are off, as a
 * rate limit makes it hold the whole queue for as long as Slack says.
 */
export function webApi(options: WebApiOptions): WebApi {
  const { signal } = options;
  const client = new WebClient(options.token, {
    slackApiUrl: options.apiUrl,
    timeout: options.timeout,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: options.logger,
    fetch: (url, init = {}) =>
      fetch(url, { ...init, signal: AbortSignal.any([signal, ...(init.signal ? [init.signal] : [])]) }),
  });

  async function attempt<T>(
    method: string,
    args: Readonly<Record<string, unknown>>,
    answer: z.ZodType<T>,
  ): Promise<T> {
    const from = options.now();
    const tell = (outcome: SeenSlackCall['outcome']) =>
      options.observe({ method, outcome, milliseconds: options.now() - from });
    const given = await client.apiCall(method, { ...args }).catch((error: unknown) => {
      const failure = slackFailure(method, error);
      tell(outcomeOf(failure));
      throw failure;
    });
    tell('ok');
    const parsed = answer.safeParse(given);
    if (parsed.success) return parsed.data;
    throw new SlackFailure(`Slack answered ${method} in a way that isn't understood.`, {
      cause: parsed.error,
    });
  }

  return {
    call: (method, args, answer, patience = options.patience) =>
      persistently(method, () => attempt(method, args, answer), patience, options),
  };
}

function outcomeOf({ code }: SlackFailure): SeenSlackCall['outcome'] {
  if (code === undefined) return 'failed';
  return code === 'ratelimited' ? 'rate-limited' : 'refused';
}
