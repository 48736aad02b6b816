#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Logger } from 'pino';
import manifest from '../package.json' with { type: 'json' };
import { startApp } from './app.ts';
import { checkConfig } from './config/check-config.ts';
import { loadConfig } from './config/load-config.ts';
import { configPath, databaseUrl, loadEnvironment } from './config/load-environment.ts';
import { dockerConfigPath, loadDockerConfig } from './config/load-docker-config.ts';
import { formatProblems } from './config/problem.ts';
import { known } from './known.ts';
import { processLog } from './observability/process-log.ts';
import { verifyAudit } from './store/verify-audit.ts';
import { Failure } from './swarm/failure.ts';

const usage = `Shipmate: Docker Swarm, run from Slack.

  shipmate                              start the bot
  shipmate check                        check shipmate.yml (or SHIPMATE_CONFIG) without starting
  shipmate audit verify [--expect HASH] check the chain of the audit log (DATABASE_URL)

Settings come from the environment: see docs/configuration.md.
`;

/** A terminal's Ctrl-C reaches every process, and npm or the sandbox passes it on: that is still one. Milliseconds. */
const sameSignal = 1_000;

process.exitCode = await main(process.argv.slice(2));

/** @returns the exit code: 0 when all went well, 1 for a mistake in the settings, 2 for a mistake in the arguments. */
async function main(words: readonly string[]): Promise<number> {
  const write = (line: string) => void process.stdout.write(`${line}\n`);
  const complain = (line: string) => void process.stderr.write(`${line}\n`);
  let args: ReturnType<typeof readArguments>;
  try {
    args = readArguments(words);
  } catch (error) {
    complain(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
  switch (args.positionals.join(' ')) {
    case '':
      if (args.values.version) write(manifest.version);
      else if (args.values.help) write(usage);
      else return start(complain);
      return 0;
    case 'help':
      write(usage);
      return 0;
    case 'check':
      return checkConfig(
        {
          path: configPath(process.env),
          dockerConfigPath: dockerConfigPath(process.env),
          dockerHost: process.env['DOCKER_HOST'],
        },
        known,
        write,
      );
    case 'audit verify':
      return verifyAudit(databaseUrl(process.env), write, args.values);
    default:
      complain(`There is no command "${args.positionals.join(' ')}".\n\n${usage}`);
      return 2;
  }
}

function readArguments(words: readonly string[]) {
  return parseArgs({
    args: [...words],
    options: {
      expect: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
    },
    allowPositionals: true,
  });
}

async function start(complain: (line: string) => void): Promise<number> {
  const loaded = loadEnvironment(process.env, (path) => readFileSync(path, 'utf8'));
  const configured = await loadConfig(configPath(process.env), known);
  const docker = await loadDockerConfig(dockerConfigPath(process.env));
  // All are read before any is complained about: all mistakes at once.
  if (!('environment' in loaded) || !('config' in configured) || !('auths' in docker)) {
    const all = [loaded, configured, docker];
    complain(formatProblems(all.flatMap((read) => ('problems' in read ? read.problems : []))));
    return 1;
  }
  const log = processLog(loaded.environment.logLevel);
  const { environment } = loaded;
  return run({ environment, config: configured.config, registryAuths: docker.auths, log }, complain);
}

async function run(
  options: Parameters<typeof startApp>[0],
  complain: (line: string) => void,
): Promise<number> {
  const stop = stopSignal(options.log);
  try {
    await using app = await startApp(options);
    const connected = app.connected.then(() => options.log.info('connected'));
    const signal = await Promise.race([stop, connected.then(() => stop)]);
    options.log.info({ signal }, 'stopping');
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    complain(error.message);
    return 1;
  }
  options.log.info('stopped');
  // What Slack still doesn't take would keep the process from ending.
  return process.exit(0);
}

/** Resolves with the first of SIGTERM and SIGINT; one that comes later than `sameSignal` ends the process at once. */
function stopSignal(log: Logger): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let first: number | undefined;
  const stop = (signal: NodeJS.Signals) => {
    const now = performance.now();
    first ??= now;
    if (now - first > sameSignal) {
      log.warn({ signal }, 'stopped at once');
      process.exit(1);
    }
    resolve(signal);
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  return promise;
}
