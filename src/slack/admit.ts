import type { Dispatch, Request } from '../dispatch/request.ts';
import { Failure } from '../swarm/failure.ts';
import { claimDelivery, type TakenRequest } from './claim-delivery.ts';
import { type ReplyTools, replyTo } from './reply.ts';
import type { Asker } from './whisper.ts';

export interface EntryTools extends ReplyTools {
  readonly dispatch: Dispatch;
  /** The bot's own user id. */
  readonly botUser: string;
  readonly isStopping: () => boolean;
}

/** Something that Slack delivered and that somebody waits for. */
export interface Arrival {
  /** Names the delivery, the same when it is delivered again. */
  readonly delivery: string;
  readonly asker: Asker;
  readonly ack: () => Promise<unknown>;
  /** What is asked for in it. */
  readonly request: Pick<Request, 'entry' | 'team' | 'command'>;
}

/**
 * Decides whether to act on a delivery, and acknowledges it whatever comes of that: claimed first, so that what is acted
 * on is never acted on again. Tells the asker when nothing will be done.
 * @returns the request to serve, kept until it is written down; null when nothing will be done.
 */
export async function admit(
  { delivery, asker, ack, request }: Arrival,
  tools: EntryTools,
): Promise<TakenRequest | null> {
  const { deliveries, log, now, randomId } = tools;
  const { user, channel, thread } = asker;
  const taken: TakenRequest = { id: randomId(), user, channel, thread, ...request };
  const claimed = tools.isStopping() ? null : await claimDelivery(deliveries, delivery, now(), taken);
  try {
    await ack();
  } catch (error) {
    log.warn({ error, delivery }, 'an acknowledgement did not reach Slack');
    // Slack has told the asker that it failed. They will ask again, and it must not be done twice.
    if (claimed?.claim !== 'again') {
      await Promise.all([
        say(asker, tools, 'The connection to Slack was lost just then, and nothing was done. Ask again.'),
        forget(taken, tools),
      ]);
    }
    return null;
  }
  switch (claimed?.claim) {
    case 'new':
      return taken;
    case 'again':
      log.info({ delivery }, 'delivered again; it is done once');
      return null;
    case 'unknown':
      log.error({ error: claimed.error, delivery }, 'a delivery could not be claimed; it is not acted on');
      await Promise.all([
        say(asker, tools, "Shipmate can't reach its database, and nothing was done. Ask again later."),
        // It may have been claimed after all, too late.
        forget(taken, tools),
      ]);
      return null;
    case undefined:
      await say(asker, tools, 'Shipmate is being stopped, and nothing was done. Ask again in a minute.');
      return null;
  }
}

/**
 * Forgets a request that came to nothing. Never rejects: one that can't be forgotten is told after the next start as not
 * begun, which is true.
 */
export async function forget({ id }: TakenRequest, { deliveries, log }: EntryTools): Promise<void> {
  await deliveries
    .forget(id)
    .catch((error: unknown) => log.warn({ error, request: id }, 'a request could not be forgotten'));
}

/** Hands a request over; whoever serves it answers it. */
export function serve(asker: Asker, request: TakenRequest, tools: EntryTools): void {
  const reply = replyTo(asker, tools);
  tools
    .dispatch({ ...request, reply })
    .catch((error: unknown) => tools.log.error({ error }, 'a request broke'));
}

/** Tells the asker a sentence, beside the answer whose button was pressed. Never rejects. */
async function say(asker: Asker, tools: EntryTools, sentence: string): Promise<void> {
  try {
    await replyTo(asker, tools).whisper([{ kind: 'text', text: [sentence] }], 'beside');
  } catch (error) {
    tools.log.error({ error, user: asker.user }, 'an asker could not be told');
  }
}

/** Tells the asker why something wasn't done. Never rejects. */
export async function explain(asker: Asker, tools: EntryTools, error: unknown): Promise<void> {
  if (error instanceof Failure) return say(asker, tools, error.message);
  tools.log.error({ error }, 'a click or a form broke');
  return say(asker, tools, 'Shipmate broke, and nothing was done. Its log says why.');
}
