import { hostVariableExample, hostVariableMistake } from './docker-host-mistake.ts';
import { dockerConfigPath } from './load-docker-config.ts';
import { portNumber } from './port-number.ts';
import type { Problem } from './problem.ts';
import { quoted } from './quoted.ts';
import type { SecretSource, Tell, Variables } from './secret-variable.ts';
import { type SlackEnvironment, slackVariables } from './slack-variables.ts';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
type LogLevel = (typeof logLevels)[number];

/** What the environment variables say. */
export interface Environment {
  readonly slack: SlackEnvironment;
  readonly databaseUrl: string;
  readonly configPath: string;
  readonly logLevel: LogLevel;
  /** Where /healthz, /readyz and /metrics are served; undefined for nowhere. */
  readonly healthPort: number | undefined;
  /** The docker CLI's config.json with the credentials for registries; undefined for none. */
  readonly dockerConfigPath: string | undefined;
  /** Docker's own variables, and HOME, for clusters that name no host. */
  readonly docker: Variables;
}

export type LoadedEnvironment =
  { readonly environment: Environment } | { readonly problems: readonly Problem[] };

/**
 * Reads the environment variables: all of them are right, or every mistake is told, and no secret with it. What is set
 * to nothing counts as not set.
 * @param readFile gives the text of the file that a `…_FILE` variable names, or throws.
 */
export function loadEnvironment(env: Variables, readFile: SecretSource['readFile']): LoadedEnvironment {
  const problems: Problem[] = [];
  const tell: Tell = (source, message, example) => {
    problems.push({ source, path: '', message, example });
  };
  const slack = slackVariables({ env, readFile }, tell);
  const rest = {
    databaseUrl: checkedDatabaseUrl(env, tell),
    configPath: configPath(env),
    logLevel: logLevel(env, tell),
    healthPort: healthPort(env, tell),
    dockerConfigPath: dockerConfigPath(env),
    docker: dockerVariables(env, tell),
  };
  return slack === undefined || problems.length > 0 ? { problems } : { environment: { slack, ...rest } };
}

/** Where the configuration is: all that `shipmate check` needs of the environment. */
export function configPath(env: Variables): string {
  return env['SHIPMATE_CONFIG'] || 'shipmate.yml';
}

/** All that `shipmate audit verify` needs of the environment. */
export function databaseUrl(env: Variables): string {
  return env['DATABASE_URL'] || 'sqlite:data/shipmate.db';
}

/** The URL isn't shown, because it may hold a password; whether such a database is supported, the store knows. */
function checkedDatabaseUrl(env: Variables, tell: Tell): string {
  const found = databaseUrl(env);
  if (!/^[a-z][a-z0-9+.-]*:./.test(found)) {
    tell('DATABASE_URL', "is not a database's URL", 'DATABASE_URL=sqlite:data/shipmate.db');
  }
  return found;
}

function logLevel(env: Variables, tell: Tell): LogLevel {
  const found = env['LOG_LEVEL'] || 'info';
  const level = logLevels.find((known) => known === found.toLowerCase());
  if (level === undefined) {
    tell(
      'LOG_LEVEL',
      `there is no level ${quoted(found)}; expected ${logLevels.join(', ')}`,
      'LOG_LEVEL=info',
    );
  }
  return level ?? 'info';
}

function healthPort(env: Variables, tell: Tell): number | undefined {
  const found = env['HEALTH_PORT'];
  if (!found || found === 'off') return undefined;
  const port = portNumber(found);
  if (port === undefined) {
    tell('HEALTH_PORT', 'is not a port; expected a number from 1 to 65535, or off', 'HEALTH_PORT=9080');
  }
  return port;
}

function dockerVariables(env: Variables, tell: Tell): Variables {
  const { DOCKER_HOST, DOCKER_TLS_VERIFY, DOCKER_CERT_PATH, HOME } = env;
  const message = hostVariableMistake(DOCKER_HOST);
  if (message !== undefined) tell('DOCKER_HOST', message, hostVariableExample);
  return { DOCKER_HOST, DOCKER_TLS_VERIFY, DOCKER_CERT_PATH, HOME };
}
