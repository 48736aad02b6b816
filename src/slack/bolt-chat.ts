import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { App, type Receiver } from '@slack/bolt';
import { z } from 'zod';
import { backoff } from '../swarm/backoff.ts';
import { Failure } from '../swarm/failure.ts';
import { announcement } from './announcement.ts';
import { type ChannelMessages, channelMessages } from './channel-messages.ts';
import type { Chat } from './chat.ts';
import type { Deliveries } from './claim-delivery.ts';
import { httpReceiver } from './http-receiver.ts';
import { listen } from './listen.ts';
import type { Log } from './log.ts';
import { slackPeople } from './people.ts';
import { rejectedCredentials } from './rejected-credentials.ts';
import { tracked } from './reply.ts';
import { sdkLogger } from './sdk-logger.ts';
import { slackFailure } from './slack-failure.ts';
import { socketReceiver } from './socket-receiver.ts';
import type { StoredButtons } from './stored-button.ts';
import { whisperer } from './whisper.ts';
import { type SeenSlackCall, type WebApi, webApi } from './web-api.ts';

export interface BoltChatOptions {
  readonly transport:
    | { readonly kind: 'socket'; readonly appToken: string }
    | {
        readonly kind: 'http';
        readonly signingSecret: string;
        readonly port: number;
        /** An address of this machine; all of them when absent. */
        readonly host?: string | undefined;
      };
  readonly botToken: string;
  /** Slack's own when absent. */
  readonly apiUrl?: string | undefined;
  readonly deliveries: Deliveries;
  readonly actions: StoredButtons;
  readonly logger: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Ids that nobody can guess. */
  readonly randomId: () => string;
  /** From 0 to 1, for spreading tries. */
  readonly random?: () => number;
  /** Told whenever the connection to Slack comes to stand or is lost. */
  readonly onConnection?: (connected: boolean) => void;
  /** Told of every try of a call of the Web API. */
  readonly onCall?: (seen: SeenSlackCall) => void;
}

/** Milliseconds. */
const grace = {
  /** How long a stop waits for answers that are on their way. */
  sending: 10_000,
  /** After that long, nothing more is sent: whoever still answers after the stop has had the time. */
  last: 25_000,
};
const pauses = { first: 500, most: 30_000 };

const identity = z.object({ team_id: z.string(), user_id: z.string(), bot_id: z.string().optional() });
type Identity = z.infer<typeof identity>;

/**
 * Slack, through Bolt. After it is disposed of it takes no requests; what those under way still have to say is sent, for
 * as long as `grace.last`.
 */
export function boltChat(options: BoltChatOptions): Chat {
  const { now, randomId, logger: log, actions: buttons, apiUrl = 'https://slack.com/api/' } = options;
  const { random = Math.random, onCall: observe = () => undefined } = options;
  const stopping = new AbortController();
  const ended = new AbortController();
  const sending = new Set<Promise<unknown>>();
  const shared = { token: options.botToken, apiUrl, logger: sdkLogger(log), now, random, observe };
  const client = { ...shared, signal: ended.signal };
  /** What somebody waits for: a few quick tries. */
  const interaction = webApi({ ...client, timeout: 3_000, patience: { within: 9_000, tries: 3 } });
  /** What must get there, however late. */
  const patient = webApi({ ...client, timeout: 10_000, patience: { within: Infinity, tries: Infinity } });
  let self: Identity | undefined;
  let receiver: Receiver | undefined;

  function team(): string {
    if (self === undefined) throw new Failure('unavailable', 'Shipmate is not connected to Slack yet.');
    return self.team_id;
  }
  function track<T>(sent: Promise<T>): Promise<T> {
    sending.add(sent);
    const forget = () => void sending.delete(sent);
    sent.then(forget, forget);
    return sent;
  }
  function messagesBy(api: WebApi): ChannelMessages {
    return channelMessages({ api, buttons, team, now, randomId, log });
  }
  const messages = messagesBy(patient);
  const people = slackPeople({ api: interaction, team, now });

  return {
    people,
    async start(dispatch) {
      self = await whoAmI(interaction, { log, random, signal: stopping.signal });
      stopping.signal.throwIfAborted();
      receiver = receiverFor(options, apiUrl, random);
      const app = boltApp(receiver, self, options, apiUrl);
      listen(app, {
        api: interaction,
        messages,
        people,
        buttons,
        deliveries: options.deliveries,
        dispatch,
        botUser: self.user_id,
        team,
        now,
        random,
        randomId,
        log,
        track,
        signal: ended.signal,
        isStopping: () => stopping.signal.aborted,
      });
      await app.start();
    },
    resume: (at) => tracked(announcement(at, { messages, now, log, signal: ended.signal }), { track }),
    whisper(asker, answer) {
      const at = { ...asker, command: [], page: 0, response: null };
      const signal = ended.signal;
      const whispering = whisperer(at, {
        api: interaction,
        buttons,
        team,
        now,
        random,
        randomId,
        log,
        signal,
      });
      return track(whispering(answer));
    },
    tell: (channel, answer) => track(messages.postAll({ channel, thread: null }, answer)),
    async [Symbol.asyncDispose]() {
      stopping.abort(new Error('Shipmate is being stopped'));
      // Nobody was heard yet, so there is nobody to answer.
      if (receiver === undefined) ended.abort(new Error('Shipmate was stopped'));
      await receiver?.stop();
      setTimeout(() => ended.abort(new Error('Shipmate was stopped')), grace.last).unref();
      const late = new AbortController();
      await Promise.race([
        drained(sending),
        sleep(grace.sending, undefined, { signal: late.signal }).catch(() => undefined),
      ]);
      late.abort();
      if (sending.size > 0) log.warn({ answers: sending.size }, 'stopped before every answer reached Slack');
    },
  };
}

/** Resolves when nothing is being sent, and nothing follows at once: an end follows its beginning. */
async function drained(sending: ReadonlySet<Promise<unknown>>): Promise<void> {
  while (sending.size > 0) {
    await Promise.allSettled(sending);
    await nextTurn();
  }
}

function receiverFor(options: BoltChatOptions, apiUrl: string, random: () => number): Receiver {
  const { transport, now, logger: log } = options;
  const logger = sdkLogger(log);
  const onConnection = options.onConnection ?? (() => undefined);
  return transport.kind === 'socket'
    ? socketReceiver({ appToken: transport.appToken, apiUrl, logger, log, now, random, onConnection })
    : httpReceiver({ ...transport, logger, onConnection });
}

/** Bolt with our receiver, our identity, which it would ask Slack for again and again, and no memory of conversations. */
function boltApp(receiver: Receiver, self: Identity, options: BoltChatOptions, apiUrl: string): App {
  const { botToken, logger } = options;
  const app = new App({
    receiver,
    authorize: async () => ({
      botToken,
      botUserId: self.user_id,
      teamId: self.team_id,
      ...(self.bot_id !== undefined && { botId: self.bot_id }),
    }),
    convoStore: false,
    logger: sdkLogger(logger),
    clientOptions: { slackApiUrl: apiUrl, timeout: 3_000, retryConfig: { retries: 0 } },
  });
  app.error(async (error) => logger.error({ error }, 'Bolt could not handle a payload'));
  return app;
}

interface AskingTools {
  readonly log: Log;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/** Asks Slack who the bot is, until it says. @throws Failure `input` when it doesn't accept the token. */
async function whoAmI(api: WebApi, { log, random, signal }: AskingTools): Promise<Identity> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await api.call('auth.test', {}, identity);
    } catch (error) {
      signal.throwIfAborted();
      const failure = slackFailure('auth.test', error);
      const rejected = rejectedCredentials(failure, 'bot token (SLACK_BOT_TOKEN)');
      if (rejected !== undefined) throw rejected;
      const pause = Math.max(failure.retryAfter ?? 0, backoff(failures, pauses, random));
      log.warn({ error: failure.message, pause }, 'Slack does not say who the bot is; it is asked again');
      await sleep(pause, undefined, { signal });
    }
  }
}
