import { Failure } from '../swarm/failure.ts';
import { SlackFailure } from './slack-failure.ts';

/** What Slack says of a token that will never do. https://docs.slack.dev/reference/methods/auth.test#errors */
const codes: ReadonlySet<string> = new Set([
  'account_inactive',
  'invalid_auth',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'not_authed',
  'token_expired',
  'token_revoked',
]);

/** @returns a mistake in the settings, when that is why Slack refused; trying again is then of no use. */
export function rejectedCredentials(error: unknown, token: string): Failure | undefined {
  if (!(error instanceof SlackFailure) || error.code === undefined || !codes.has(error.code))
    return undefined;
  return new Failure('input', `Slack does not accept the ${token}: ${error.code}.`, { cause: error });
}
