import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Config } from './config/config-schema.ts';
import type { Environment } from './config/load-environment.ts';
import { formatProblems } from './config/problem.ts';
import { watchConfig } from './config/watch-config.ts';
import { watchDockerConfig } from './config/watch-docker-config.ts';
import { dispatcher } from './dispatch/dispatch.ts';
import type { AnnouncedAt } from './dispatch/request.ts';
import { closeInterrupted, tellInterrupted } from './dispatch/tell-interrupted.ts';
import { closeTaken, requestDeliveries, tellTaken } from './dispatch/taken-requests.ts';
import { connectEngines } from './engine/connect-engines.ts';
import type { Engines } from './engine/engine.ts';
import { known } from './known.ts';
import { countedAudit, countedDeliveries } from './observability/counted-store.ts';
import { startHealthServer } from './observability/health-server.ts';
import { metrics } from './observability/metrics.ts';
import { readiness } from './observability/readiness.ts';
import { operations } from './operations/table.ts';
import { runningRequests } from './running-requests.ts';
import { boltChat } from './slack/bolt-chat.ts';
import type { Chat } from './slack/chat.ts';
import { openStore } from './store/open-store.ts';
import { Failure } from './swarm/failure.ts';
import type { RegistryAuths } from './swarm/registry-auth.ts';

/** How long a stop waits for running requests, and then for their last words. Milliseconds. */
const patience = { running: 8_000, lastWords: 4_000 };

export interface AppOptions {
  readonly environment: Environment;
  readonly config: Config;
  /** What environment.dockerConfigPath holds. */
  readonly registryAuths: RegistryAuths;
  readonly log: Logger;
}

/** Shipmate as it runs. Disposing of it stops it gracefully, also while it still waits for Slack. */
export interface App extends AsyncDisposable {
  /** Resolves when it takes commands, however long Slack can't be reached; rejects when it never will. */
  readonly connected: Promise<void>;
}

/** Starts Shipmate: resolves when everything stands but the connection to Slack. */
export async function startApp({ environment, config, registryAuths, log }: AppOptions): Promise<App> {
  await using parts = new AsyncDisposableStack();
  const store = parts.use(await openStore(environment.databaseUrl));
  const counts = metrics();
  const audit = countedAudit(store.audit, counts);
  const { announcements } = store;
  const durable = { audit, announcements, log: log.child({ part: 'dispatch' }), now: Date.now };
  const taken = await closeTaken({ ...durable, deliveries: store.deliveries });
  const left = await closeInterrupted(durable);

  let auths = registryAuths;
  const toEngines = { observe: counts.engineCall, registryAuths: () => auths };
  const connect = ({ clusters }: Config) => connectEngines(clusters, environment.docker, toEngines);
  let current = { config, engines: connect(config) };
  parts.defer(() => current.engines[Symbol.asyncDispose]());

  let slackConnected = false;
  const ready = readiness({
    slackConnected: () => slackConnected,
    writeDatabase: () => store.deliveries.claim(`ready:${randomUUID()}`, Date.now()),
    clusters: () => Object.keys(current.config.clusters),
    askEngine: (cluster, signal) => current.engines.get(cluster).version({ signal }),
    now: Date.now,
  });
  if (environment.healthPort !== undefined) {
    const port = environment.healthPort;
    parts.use(
      await startHealthServer({ port, metrics: counts, readiness: ready, now: () => performance.now() }),
    );
  }

  const stopping = new AbortController();
  const chat = boltChat({
    transport: environment.slack.transport,
    botToken: environment.slack.botToken,
    apiUrl: environment.slack.apiUrl,
    deliveries: requestDeliveries(countedDeliveries(store.deliveries, counts)),
    actions: store.actions,
    logger: log.child({ part: 'slack' }),
    now: Date.now,
    randomId: randomUUID,
    onConnection(stands) {
      slackConnected = stands;
      counts.slackConnected(stands);
    },
    onCall: counts.slackCall,
  });
  const engines: Engines = { get: (cluster) => current.engines.get(cluster) };
  const requests = runningRequests(
    dispatcher({
      ...durable,
      operations,
      policy: () => current.config,
      engines,
      people: chat.people,
      stopping: stopping.signal,
    }),
  );
  parts.defer(async () => {
    const left = await requests.idle(AbortSignal.timeout(patience.running));
    if (left > 0) log.warn({ requests: left }, 'still running; they are left, and told as unknown');
    stopping.abort();
    await requests.idle(AbortSignal.timeout(patience.lastWords));
  });
  parts.use(chat);

  /** The old configuration stays in effect: whoever changed it has to hear why. */
  const refuse = (mistakes: string) => {
    log.error({ mistakes }, 'the configuration changed and has mistakes; the old one stays in effect');
    // Slack may take it late: the file is followed meanwhile, and a stop doesn't wait for it.
    void tellMistakes(chat, current.config.audit.channel, mistakes, log);
  };
  const watchers = new AbortController();
  const watching = watchConfig(environment.configPath, {
    known,
    current: config,
    signal: watchers.signal,
    onChange(next) {
      const before = current;
      try {
        current = { config: next, engines: connect(next) };
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        refuse(error.message);
        return;
      }
      log.info({ path: environment.configPath }, 'the configuration changed and is in effect');
      // Requests under way keep the engine that they have until they end.
      void requests.idle(stopping.signal).then(() => before.engines[Symbol.asyncDispose]());
    },
    onProblems: (problems) => refuse(formatProblems(problems)),
  });
  const watchingAuths =
    environment.dockerConfigPath === undefined
      ? undefined
      : watchDockerConfig(environment.dockerConfigPath, {
          current: registryAuths,
          signal: watchers.signal,
          onChange(next) {
            auths = next;
            log.info({ registries: next.size }, 'the credentials for registries changed and are in effect');
          },
          onProblems: (problems) => refuse(formatProblems(problems)),
        });
  parts.defer(async () => {
    watchers.abort();
    await Promise.all([watching, watchingAuths]);
  });

  const resume = (at: AnnouncedAt) => chat.resume(at);
  const whisper: Chat['whisper'] = (asker, answer) => chat.whisper(asker, answer);
  const tellCutOff = async () => {
    if (taken.length + left.length === 0) return;
    await Promise.all([
      tellTaken(taken, { ...durable, whisper }),
      tellInterrupted(left, { ...durable, engines, resume, signal: stopping.signal }),
    ]);
    log.info({ requests: taken.length, changes: left.length }, 'done with what a stop cut off');
  };
  const connected = chat.start(requests.dispatch).then(() => requests.include(tellCutOff()));
  const running = parts.move();
  return { connected, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** Never rejects. */
async function tellMistakes(
  chat: Chat,
  channel: string | undefined,
  mistakes: string,
  log: Logger,
): Promise<void> {
  if (channel === undefined) return;
  try {
    await chat.tell(channel, [
      { kind: 'text', text: ['The configuration changed and has mistakes; the old one stays in effect.'] },
      { kind: 'code', text: mistakes },
    ]);
  } catch (error) {
    log.error({ error }, 'the audit channel could not be told');
  }
}
