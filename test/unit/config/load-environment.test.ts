import { describe, expect, it } from 'vitest';
import { loadEnvironment } from '../../../src/config/load-environment.ts';
import { formatProblems } from '../../../src/config/problem.ts';

const socket = { SLACK_BOT_TOKEN: 'xoxb-1-bot-secret', SLACK_APP_TOKEN: 'xapp-1-app-secret' };
const http = { SLACK_BOT_TOKEN: 'xoxb-1-bot-secret', SLACK_SIGNING_SECRET: 'signing-secret', PORT: '3000' };

const files: Readonly<Record<string, string>> = {
  '/run/secrets/bot': 'xoxb-1-from-file\n',
  '/run/secrets/app': 'xapp-1-from-file\r\n',
  '/run/secrets/empty': '\n',
};

function load(env: Readonly<Record<string, string | undefined>>) {
  return loadEnvironment(env, (path) => {
    const text = files[path];
    if (text === undefined) throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' });
    return text;
  });
}

function told(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const loaded = load(env);
  return 'problems' in loaded ? formatProblems(loaded.problems).split('\n') : [];
}

describe('loadEnvironment', () => {
  it('takes Socket Mode, with what is left out as it should be', () => {
    expect(load({ ...socket, HOME: '/home/ops', PORT: 'of the platform' })).toEqual({
      environment: {
        slack: {
          botToken: 'xoxb-1-bot-secret',
          transport: { kind: 'socket', appToken: 'xapp-1-app-secret' },
          apiUrl: undefined,
        },
        databaseUrl: 'sqlite:data/shipmate.db',
        configPath: 'shipmate.yml',
        logLevel: 'info',
        healthPort: undefined,
        docker: { HOME: '/home/ops' },
      },
    });
  });

  it('takes HTTP, and everything that can be set', () => {
    expect(
      load({
        ...http,
        SLACK_API_URL: 'http://127.0.0.1:4000/api',
        DATABASE_URL: 'sqlite:/data/x.db',
        SHIPMATE_CONFIG: '/etc/shipmate.yml',
        LOG_LEVEL: 'WARN',
        HEALTH_PORT: '9080',
        DOCKER_HOST: '10.0.0.5:2376',
        DOCKER_TLS_VERIFY: '1',
        DOCKER_CERT_PATH: '/certs',
      }),
    ).toEqual({
      environment: {
        slack: {
          botToken: 'xoxb-1-bot-secret',
          transport: { kind: 'http', signingSecret: 'signing-secret', port: 3000 },
          apiUrl: 'http://127.0.0.1:4000/api/',
        },
        databaseUrl: 'sqlite:/data/x.db',
        configPath: '/etc/shipmate.yml',
        logLevel: 'warn',
        healthPort: 9080,
        docker: { DOCKER_HOST: '10.0.0.5:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs' },
      },
    });
  });

  it('reads secrets from files, without the line break at their end', () => {
    const env = {
      SLACK_BOT_TOKEN: '',
      SLACK_BOT_TOKEN_FILE: '/run/secrets/bot',
      SLACK_APP_TOKEN_FILE: '/run/secrets/app',
    };
    expect(load(env)).toMatchObject({
      environment: {
        slack: { botToken: 'xoxb-1-from-file', transport: { kind: 'socket', appToken: 'xapp-1-from-file' } },
      },
    });
  });

  it('tells all that is missing', () => {
    expect(told({ SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: undefined })).toEqual([
      "SLACK_BOT_TOKEN  is missing; expected the app's bot token. Example: SLACK_BOT_TOKEN=xoxb-…",
      'SLACK_APP_TOKEN  is missing; expected it for Socket Mode, or SLACK_SIGNING_SECRET and PORT for HTTP. Example: SLACK_APP_TOKEN=xapp-…',
    ]);
  });

  it('tells all mistakes at once', () => {
    const lines = told({
      SLACK_BOT_TOKEN: socket.SLACK_APP_TOKEN,
      SLACK_APP_TOKEN: socket.SLACK_BOT_TOKEN,
      SLACK_API_URL: 'slack.example.com',
      DATABASE_URL: 'data/shipmate.db',
      LOG_LEVEL: 'loud',
      DOCKER_HOST: 'http://10.0.0.5',
    });
    expect(lines.map((line) => line.split('.')[0])).toEqual([
      'SLACK_BOT_TOKEN  this is an app-level token (xapp-…), which belongs in SLACK_APP_TOKEN',
      'SLACK_APP_TOKEN  this is a bot token (xoxb-…), which belongs in SLACK_BOT_TOKEN',
      'SLACK_API_URL  is not a URL of http:// or https://',
      "DATABASE_URL  is not a database's URL",
      'LOG_LEVEL  there is no level "loud"; expected trace, debug, info, warn, error, fatal, silent',
      'DOCKER_HOST  "http://10',
    ]);
  });

  it.each([
    [
      { ...socket, SLACK_BOT_TOKEN_FILE: '/run/secrets/bot' },
      'SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE are both set',
    ],
    [{ ...socket, SLACK_SIGNING_SECRET: 'signing-secret' }, 'expected one of them'],
    [{ ...http, SLACK_APP_TOKEN_FILE: '/run/secrets/app' }, 'expected one of them'],
    [{ ...http, PORT: undefined }, 'PORT  is missing, and goes with SLACK_SIGNING_SECRET'],
    [{ ...http, PORT: '' }, 'PORT  is missing'],
    [{ ...http, PORT: '0' }, 'PORT  is not a port'],
    [{ ...http, PORT: '65536' }, 'PORT  is not a port'],
    [{ ...http, PORT: '3e3' }, 'PORT  is not a port'],
    [{ ...http, PORT: ' 3000' }, 'PORT  is not a port'],
    [
      { ...http, SLACK_SIGNING_SECRET: 'xapp-1-app-secret' },
      'SLACK_SIGNING_SECRET  this is an app-level token',
    ],
    [{ ...socket, SLACK_BOT_TOKEN: 'xoxp-1-user-secret' }, 'of a user, or one that expires'],
    [{ ...socket, SLACK_BOT_TOKEN: 'bot-secret' }, "the value doesn't begin with xoxb-"],
    [{ ...socket, SLACK_BOT_TOKEN: '"xoxb-1-bot-secret"' }, 'the value is in quotes'],
    [{ ...socket, SLACK_BOT_TOKEN: 'xoxb-1-bot-secret ' }, 'has white space in it'],
    [
      { SLACK_BOT_TOKEN_FILE: '/run/secrets/empty', SLACK_APP_TOKEN: 'xapp-1' },
      'SLACK_BOT_TOKEN_FILE  the file is empty',
    ],
    [
      { SLACK_BOT_TOKEN_FILE: '/nowhere', SLACK_APP_TOKEN: 'xapp-1' },
      'SLACK_BOT_TOKEN_FILE  the file "/nowhere" can\'t be read (ENOENT)',
    ],
    [{ ...socket, DATABASE_URL: '://user:db-secret@host' }, "is not a database's URL"],
    [{ ...socket, DOCKER_HOST: 'ssh://ops:host-secret@prod' }, 'DOCKER_HOST  the address holds a password'],
  ])('tells one mistake, and no secret: %#', (env, expected) => {
    const lines = told(env);
    expect(lines).toEqual([expect.stringContaining(expected)]);
    expect(lines.join()).not.toMatch(/-secret|from-file/);
  });

  it.each(['0', '65536', '90x', 'on'])('refuses %s for HEALTH_PORT', (port) => {
    expect(told({ ...socket, HEALTH_PORT: port }).join(' ')).toContain(
      'HEALTH_PORT  is not a port; expected a number from 1 to 65535, or off',
    );
  });

  it('takes off for no HEALTH_PORT at all', () => {
    expect(load({ ...socket, HEALTH_PORT: 'off' })).toMatchObject({ environment: { healthPort: undefined } });
  });
});
