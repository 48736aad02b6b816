import type { AuditLog, Deliveries, TakenRequest } from '../store/store.ts';
import type { Answer } from '../operations/answer.ts';
import type { Log } from './dispatch.ts';
import type { Request } from './request.ts';
import { shownCommand } from './shown-command.ts';

/** A delivery as it is claimed where it came in: with the request in it, so that a kill doesn't make it go unsaid. */
interface RequestDeliveries {
  claim(id: string, at: number, request?: Omit<Request, 'reply'>): Promise<boolean>;
  forget(requestId: string): Promise<void>;
}

/** Keeps of a request what the audit log would have: no secret is written down. */
export function requestDeliveries(deliveries: Deliveries): RequestDeliveries {
  return {
    claim: (id, at, request) =>
      deliveries.claim(
        id,
        at,
        request && {
          requestId: request.id,
          at,
          team: request.team,
          user: request.user,
          channel: request.channel,
          thread: request.thread,
          entry: request.entry,
          command: shownCommand(request.command),
        },
      ),
    forget: (requestId) => deliveries.forget(requestId),
  };
}

interface ClosingTools {
  readonly audit: Pick<AuditLog, 'begin' | 'end'>;
  readonly deliveries: Pick<Deliveries, 'taken'>;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Writes down what an earlier process had taken and had not come to write down before it ended. Nothing is changed before
 * that, so nothing was.
 * @returns what `tellTaken` has to tell.
 */
export async function closeTaken({
  audit,
  deliveries,
  log,
  now,
}: ClosingTools): Promise<readonly TakenRequest[]> {
  const taken = await deliveries.taken();
  for (const { thread: _, ...request } of taken) {
    const { requestId, command } = request;
    log.warn({ request: requestId, command }, 'a stop cut this off before it was begun');
    await audit.begin({
      ...request,
      cluster: null,
      operation: 'unknown',
      targets: [],
      decision: 'denied',
      rule: 'not decided',
      plan: null,
    });
    const detail = 'Nothing was changed: Shipmate stopped before it came to this.';
    await audit.end({ requestId, at: now(), outcome: 'refused', detail });
  }
  return taken;
}

interface TellingTools {
  readonly whisper: (
    asker: Pick<TakenRequest, 'user' | 'channel' | 'thread'>,
    answer: Answer,
  ) => Promise<void>;
  readonly log: Log;
}

/** Tells those who asked, alone, that they have to ask again. Never rejects. */
export async function tellTaken(
  taken: readonly TakenRequest[],
  { whisper, log }: TellingTools,
): Promise<void> {
  const told = taken.map(async (request) => {
    try {
      await whisper(request, [
        {
          kind: 'text',
          text: [
            'Shipmate was restarted before it came to what you asked for: ',
            { code: request.command },
            '. Nothing was changed. Ask again.',
          ],
        },
      ]);
    } catch (error) {
      log.error({ error, request: request.requestId }, 'an asker could not be told of what a stop cut off');
    }
  });
  await Promise.all(told);
}
