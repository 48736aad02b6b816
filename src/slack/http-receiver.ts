import type { Server } from 'node:http';
import { type App, HTTPReceiver, type Receiver } from '@slack/bolt';
import type { Logger } from '@slack/logger';
import { Failure } from '../swarm/failure.ts';

export interface HttpReceiverOptions {
  readonly signingSecret: string;
  readonly port: number;
  /** An address of this machine; all of them when absent. */
  readonly host?: string | undefined;
  readonly logger: Logger;
  readonly onConnection: (connected: boolean) => void;
}

/** Slack's payloads are a few kB; a message with a full table in it about 100. */
const bodyLimit = 1_000_000;
/** Milliseconds. */
const limits = { request: 10_000, goodbye: 3_000 };

/**
 * Signed HTTP for Bolt, at `/slack/events`. A request with a wrong signature or a body that isn't whole gets 401, one
 * that is too large 413. https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function httpReceiver({ onConnection, ...options }: HttpReceiverOptions): Receiver {
  const receiver = new HTTPReceiver({
    signingSecret: options.signingSecret,
    bodyLimit,
    logger: options.logger,
  });
  let server: Server | undefined;

  return {
    init: (app: App) => receiver.init(app),
    async start() {
      const where = { port: options.port, ...(options.host !== undefined && { host: options.host }) };
      try {
        server = await receiver.start(where, {
          requestTimeout: limits.request,
          headersTimeout: limits.request,
        });
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new Failure('input', `Shipmate can't listen on port ${String(options.port)}: ${why}.`, {
          cause,
        });
      }
      onConnection(true);
    },
    /** Ends when the requests under way are answered, or soon after. */
    async stop() {
      const open = server;
      if (open === undefined) return;
      server = undefined;
      onConnection(false);
      const cut = setTimeout(() => open.closeAllConnections(), limits.goodbye);
      await receiver.stop();
      clearTimeout(cut);
    },
  };
}
