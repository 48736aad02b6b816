import { portNumber } from './port-number.ts';
import { secretVariable, type SecretSource, type Tell, type Variables } from './secret-variable.ts';

type SlackTransport =
  | { readonly kind: 'socket'; readonly appToken: string }
  | { readonly kind: 'http'; readonly signingSecret: string; readonly port: number };

export interface SlackEnvironment {
  readonly botToken: string;
  readonly transport: SlackTransport;
  /** With a slash at its end; undefined for Slack's own. */
  readonly apiUrl: string | undefined;
}

/** @returns undefined when something is missing or wrong, which was told. */
export function slackVariables(source: SecretSource, tell: Tell): SlackEnvironment | undefined {
  const botToken = secretVariable('SLACK_BOT_TOKEN', source, tell);
  if (botToken.kind === 'absent') {
    tell('SLACK_BOT_TOKEN', "is missing; expected the app's bot token", 'SLACK_BOT_TOKEN=xoxb-…');
  }
  const transport = slackTransport(source, tell);
  const apiUrl = slackApiUrl(source.env, tell);
  if (botToken.kind !== 'found' || transport === undefined) return undefined;
  return { botToken: botToken.value, transport, apiUrl };
}

function slackTransport(source: SecretSource, tell: Tell): SlackTransport | undefined {
  const appToken = secretVariable('SLACK_APP_TOKEN', source, tell);
  const signingSecret = secretVariable('SLACK_SIGNING_SECRET', source, tell);
  if (appToken.kind === 'absent' && signingSecret.kind === 'absent') {
    const message = 'is missing; expected it for Socket Mode, or SLACK_SIGNING_SECRET and PORT for HTTP';
    tell('SLACK_APP_TOKEN', message, 'SLACK_APP_TOKEN=xapp-…');
    return undefined;
  }
  if (appToken.kind !== 'absent' && signingSecret.kind !== 'absent') {
    const message =
      'SLACK_APP_TOKEN (Socket Mode) and SLACK_SIGNING_SECRET (HTTP) are both set; expected one of them';
    tell('SLACK_APP_TOKEN', message);
    return undefined;
  }
  // PORT is set by many a platform, and means nothing to Socket Mode.
  const port = signingSecret.kind === 'absent' ? undefined : httpPort(source.env, tell);
  if (appToken.kind === 'found') return { kind: 'socket', appToken: appToken.value };
  if (signingSecret.kind !== 'found' || port === undefined) return undefined;
  return { kind: 'http', signingSecret: signingSecret.value, port };
}

function httpPort(env: Variables, tell: Tell): number | undefined {
  const found = env['PORT'];
  const port = portNumber(found ?? '');
  if (port !== undefined) return port;
  const what = found ? 'is not a port' : 'is missing, and goes with SLACK_SIGNING_SECRET';
  tell('PORT', `${what}; expected a number from 1 to 65535`, 'PORT=3000');
  return undefined;
}

function slackApiUrl(env: Variables, tell: Tell): string | undefined {
  const found = env['SLACK_API_URL'];
  if (!found) return undefined;
  const url = URL.parse(found);
  if (url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '') {
    return found.endsWith('/') ? found : `${found}/`;
  }
  tell('SLACK_API_URL', 'is not a URL of http:// or https://', 'SLACK_API_URL=http://127.0.0.1:4000/api/');
  return undefined;
}
