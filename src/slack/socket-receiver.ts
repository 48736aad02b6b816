import { setTimeout as sleep } from 'node:timers/promises';
import { type App, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from '@slack/logger';
import { backoff } from '../swarm/backoff.ts';
import { deadline } from '../swarm/deadline.ts';
import type { Log } from './log.ts';
import { rejectedCredentials } from './rejected-credentials.ts';
import { slackFailure } from './slack-failure.ts';

export interface SocketReceiverOptions {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly logger: Logger;
  readonly log: Log;
  readonly now: () => number;
  readonly random: () => number;
  /** Told whenever the connection comes to stand or is lost. */
  readonly onConnection: (connected: boolean) => void;
}

/** Milliseconds. */
const limits = {
  /** One call of apps.connections.open. */
  open: 10_000,
  /** From the first call until Slack's hello. */
  connect: 20_000,
  /** A connection that was lost sooner counts as one that failed. */
  steady: 10_000,
  goodbye: 1_000,
  pauses: { first: 500, most: 30_000 },
  /** Slack takes connections, and doesn't keep them: every second without one is a command that fails. */
  pausesAfterLoss: { first: 500, most: 2_000 },
};

/**
 * Socket Mode for Bolt, connected anew for ever. The SDK's own reconnecting waits five seconds each time, and ends in an
 * unhandled rejection once apps.connections.open was refused often enough; so each connection is an SDK receiver of its
 * own here, that doesn't reconnect. What Slack delivers to a connection that is going down is delivered again.
 */
export function socketReceiver(options: SocketReceiverOptions): Receiver {
  const { log, now, random, onConnection } = options;
  const stopping = new AbortController();
  let app: App | undefined;
  let running: Promise<void> = Promise.resolve();

  async function start(receiver: Receiver): Promise<void> {
    using end = deadline(limits.connect, stopping.signal);
    await Promise.race([receiver.start(), aborted(end.signal)]);
  }

  /** Holds one connection until it is lost. @throws when it doesn't come to stand. */
  async function connection(opened: () => void): Promise<void> {
    const receiver = new SocketModeReceiver({
      appToken: options.appToken,
      autoReconnectEnabled: false,
      logger: options.logger,
      // The SDK changes this object: it must be its own.
      installerOptions: {
        clientOptions: {
          slackApiUrl: options.apiUrl,
          timeout: limits.open,
          retryConfig: { retries: 0 },
          rejectRateLimitedCalls: true,
        },
      },
    });
    if (app !== undefined) receiver.init(app);
    const { client } = receiver;
    const closed = Promise.withResolvers<void>();
    client.once('disconnected', () => closed.resolve());
    try {
      await start(receiver);
      opened();
      await Promise.race([closed.promise, aborted(stopping.signal).catch(() => undefined)]);
    } finally {
      void client.disconnect();
      await Promise.race([closed.promise, sleep(limits.goodbye, undefined, { ref: false })]);
      // A second time ends it without waiting for the other side's goodbye.
      void client.disconnect();
    }
  }

  async function keepConnected(stands: () => void, failed: (error: unknown) => void): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      let openedAt: number | undefined;
      let error: unknown;
      try {
        await connection(() => {
          openedAt = now();
          onConnection(true);
          log.info({}, 'connected to Slack');
          stands();
        });
      } catch (caught) {
        error = caught;
      }
      if (openedAt !== undefined) onConnection(false);
      if (stopping.signal.aborted) return;
      failures = openedAt !== undefined && now() - openedAt >= limits.steady ? 0 : failures + 1;
      const failure = error === undefined ? undefined : slackFailure('apps.connections.open', error);
      if (failure !== undefined) failed(failure);
      const pauses = openedAt === undefined ? limits.pauses : limits.pausesAfterLoss;
      const wait = failures === 0 ? 0 : backoff(failures - 1, pauses, random);
      const pause = Math.max(wait, failure?.retryAfter ?? 0);
      log.warn(
        { error: failure?.message, failures, pause },
        openedAt === undefined ? 'no connection to Slack' : 'the connection to Slack was lost',
      );
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  return {
    init(bolt) {
      app = bolt;
    },
    /** Resolves when the first connection stands; rejects when Slack doesn't accept the token. */
    start() {
      const first = Promise.withResolvers<void>();
      running = keepConnected(first.resolve, (error) => {
        const rejected = rejectedCredentials(error, 'app-level token (SLACK_APP_TOKEN)');
        if (rejected === undefined) return;
        first.reject(rejected);
      });
      stopping.signal.addEventListener('abort', () => first.reject(stopping.signal.reason));
      return first.promise;
    },
    async stop() {
      stopping.abort(new Error('the connection to Slack was closed'));
      await running;
    },
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () =>
    reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  return promise;
}
