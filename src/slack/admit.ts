import type { Dispatch, Request } from '../dispatch/request.ts';
import { Failure } from '../swarm/failure.ts';
import { claimDelivery } from './claim-delivery.ts';
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
}

/**
 * Decides whether to act on a delivery, and acknowledges it whatever comes of that: claimed first, so that what is acted
 * on is never acted on again. Tells the asker when nothing will be done.
 */
export async function admit({ delivery, asker, ack }: Arrival, tools: EntryTools): Promise<boolean> {
  const { deliveries, log, now } = tools;
  const claimed = tools.isStopping() ? null : await claimDelivery(deliveries, delivery, now());
  try {
    await ack();
  } catch (error) {
    log.warn({ error, delivery }, 'an acknowledgement did not reach Slack');
    // Slack has told the asker that it failed. They will ask again, and it must not be done twice.
    if (claimed?.claim !== 'again') {
      await say(asker, tools, 'The connection to Slack was lost just then, and nothing was done. Ask again.');
    }
    return false;
  }
  switch (claimed?.claim) {
    case 'new':
      return true;
    case 'again':
      log.info({ delivery }, 'delivered again; it is done once');
      return false;
    case 'unknown':
      log.error({ error: claimed.error, delivery }, 'a delivery could not be claimed; it is not acted on');
      await say(asker, tools, "Shipmate can't reach its database, and nothing was done. Ask again later.");
      return false;
    case undefined:
      await say(asker, tools, 'Shipmate is being stopped, and nothing was done. Ask again in a minute.');
      return false;
  }
}

/** Hands a request over; whoever serves it answers it. */
export function serve(
  asker: Asker,
  request: Pick<Request, 'entry' | 'team' | 'command' | 'onlyReads' | 'pin'>,
  tools: EntryTools,
): void {
  const { user, channel, thread } = asker;
  const reply = replyTo(asker, tools);
  tools
    .dispatch({ id: tools.randomId(), user, channel, thread, reply, ...request })
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
