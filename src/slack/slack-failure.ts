import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { z } from 'zod';
import { Failure } from '../swarm/failure.ts';

/** Slack didn't do what it was asked. */
export class SlackFailure extends Failure {
  override readonly name = 'SlackFailure';
  /** Slack's own word for a refusal, like `not_in_channel`; undefined when it never decided. */
  readonly code: string | undefined;
  /** Milliseconds after which another try makes sense; undefined when none does. */
  readonly retryAfter: number | undefined;

  constructor(message: string, detail: SlackFailureDetail) {
    super('unavailable', message, { cause: detail.cause });
    this.code = detail.code;
    this.retryAfter = detail.retryAfter;
  }
}

interface SlackFailureDetail {
  readonly code?: string;
  readonly retryAfter?: number;
  readonly cause: unknown;
}

/** Refusals that are Slack's own trouble. https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const passing: ReadonlySet<string> = new Set([
  'fatal_error',
  'internal_error',
  'ratelimited',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
]);

const refusal = z.object({ needed: z.string().optional() });

/** What a failed call of the Web API means, and whether to try again. */
export function slackFailure(method: string, cause: unknown): SlackFailure {
  if (cause instanceof SlackFailure) return cause;
  if (cause instanceof WebAPIRateLimitedError) {
    const seconds = cause.retryAfter;
    return new SlackFailure(
      `Slack takes no more calls of ${method} for ${String(seconds)} s: there were too many.`,
      { code: 'ratelimited', retryAfter: seconds * 1000, cause },
    );
  }
  if (cause instanceof WebAPIPlatformError) return refused(method, cause);
  if (cause instanceof WebAPIHTTPError) {
    return new SlackFailure(`Slack answered ${method} with HTTP ${String(cause.statusCode)}.`, {
      ...(cause.statusCode >= 500 && { retryAfter: 0 }),
      cause,
    });
  }
  const error = cause instanceof WebAPIRequestError ? cause.original : cause;
  return new SlackFailure(`Slack could not be reached for ${method}: ${reason(error)}.`, {
    retryAfter: 0,
    cause,
  });
}

function refused(method: string, cause: WebAPIPlatformError): SlackFailure {
  const code = cause.data.error;
  // The SDK puts a body that isn't JSON where the code should be.
  if (!/^\w{1,80}$/.test(code)) {
    return new SlackFailure(`Slack answered ${method} with something that isn't JSON.`, {
      retryAfter: 0,
      cause,
    });
  }
  const { needed } = refusal.catch({}).parse(cause.data);
  const scope = needed === undefined ? '' : `; the app needs the scope ${needed}`;
  return new SlackFailure(`Slack refused ${method}: ${code}${scope}.`, {
    code,
    ...(passing.has(code) && { retryAfter: 0 }),
    cause,
  });
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'it did not answer in time';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
