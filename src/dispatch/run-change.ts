import { EngineFailure } from '../engine/engine.ts';
import type { Answer } from '../operations/answer.ts';
import type { Outcome, Planned, Prepared } from '../operations/operation.ts';
import { imageVerdict } from '../policy/image-verdict.ts';
import type { AuditOutcome } from '../store/store.ts';
import { Failure } from '../swarm/failure.ts';
import type { Target } from '../swarm/target.ts';
import { announce, forgetAnnouncement, headlineOf } from './announce.ts';
import type { RequestContext } from './context.ts';
import { Denied } from './denied.ts';
import { failureAnswer, unexpectedAnswer } from './failure-answer.ts';
import { insist } from './insist.ts';
import { Moved } from './moved.ts';
import type { Announcement } from './request.ts';

/** How a change ended, with what only dispatch can know: that it was cut off, and the end of it isn't known. */
interface Ending {
  readonly outcome: AuditOutcome;
  readonly detail: string;
  readonly answer: Answer;
}

/**
 * Authorizes a change against what it touches, plans it, writes it down, announces it, carries it out, writes down how it
 * ended, and says so: in this order. What can't be written down or announced isn't begun.
 */
export async function runChange(
  prepared: Extract<Prepared, { kind: 'change' }>,
  context: RequestContext,
): Promise<void> {
  const { engine, trail, tools } = context;
  const signal = tools.stopping;
  const { targets } = await prepared.targets({ engine, signal });
  demandAllowed(context, targets);
  const image = (reference: string) => imageVerdict(tools.policy().images, reference);
  const planned = await prepared.plan({ engine, signal, now: tools.now, image });
  // Asked again, after everything that takes time: what counts is what may be done now.
  demandAllowed(context, targets);
  demandAsShown(context, planned);
  await trail.begin({ summary: planned.summary, record: planned.record });
  const announcement = await announce(context, planned);
  const ending = await carryOut(planned, context, announcement);
  await endChange(context, ending, announcement);
}

/** @throws Denied */
function demandAllowed({ access, operation, trail }: RequestContext, targets: readonly Target[]): void {
  const decision = access.toTargets(operation, targets);
  trail.learn({ targets, decision });
  if (!decision.allowed) throw new Denied(decision);
}

/** @throws Moved when the dialog before the click said that something else would happen. */
function demandAsShown({ request }: RequestContext, { offer, summary }: Planned): void {
  if (request.pin === undefined || offer === undefined || offer.pin === request.pin) return;
  throw new Moved(summary, offer);
}

async function carryOut(
  planned: Planned,
  context: RequestContext,
  announcement: Announcement,
): Promise<Ending> {
  const { access, operation, engine, tools, request } = context;
  const logs = tools.operations.find(({ name }) => name === 'service.logs');
  try {
    const outcome = await planned.apply({
      engine,
      signal: tools.stopping,
      now: tools.now,
      report: (progress) => announcement.update([headlineOf(context), ...progress]),
      stillAllowed: (target) => access.toTargets(operation, [target]).allowed,
      mayReadLogs: (target) => logs !== undefined && access.toTargets(logs, [target]).allowed,
    });
    return endingOf(outcome);
  } catch (error) {
    const fields = { error, request: request.id };
    if (tools.stopping.aborted) {
      tools.log.warn(fields, 'a change was left while it was followed: the process stops');
      return stopped;
    }
    if (error instanceof Failure) {
      tools.log.info(fields, 'change failed');
      const uncertain = error instanceof EngineFailure && error.uncertain;
      return {
        outcome: uncertain ? 'unknown' : 'failed',
        detail: error.message,
        answer: [notCarriedOut(uncertain), ...failureAnswer(error)],
      };
    }
    tools.log.error(fields, 'change broke');
    return {
      outcome: 'unknown',
      detail: 'Shipmate broke; see its log',
      answer: unexpectedAnswer(request.id),
    };
  }
}

function notCarriedOut(uncertain: boolean): Answer[number] {
  return {
    kind: 'heading',
    text: uncertain ? 'Whether anything was changed isn’t known' : 'Nothing was changed',
  };
}

function endingOf(outcome: Outcome): Ending {
  return { outcome: outcome.kind, detail: outcome.detail, answer: outcome.answer };
}

/** The Swarm goes on without being watched: the next process tells what came of it. */
const stopped: Ending = {
  outcome: 'unknown',
  detail: 'Shipmate was stopped while it followed this change',
  answer: [
    {
      kind: 'text',
      text: [
        'Shipmate was stopped while it followed this change. The Swarm goes on with what was sent to it; ',
        'how things are then is told here when Shipmate is back.',
      ],
    },
  ],
};

/**
 * Writes down how a change ended, then tells it. An end that can't be written yet is told all the same, and written when
 * it can be; one that isn't told is told after the next start.
 */
async function endChange(context: RequestContext, ending: Ending, announcement: Announcement): Promise<void> {
  const isWritten = await writeEnding(context, ending);
  const { trail, tools, request } = context;
  const [told] = await Promise.allSettled([
    announcement.finish([headlineOf(context), ...ending.answer]),
    isWritten || insist(() => trail.close(ending.detail), { request: request.id }, tools),
  ]);
  if (told.status === 'rejected') throw told.reason;
  if (ending !== stopped) await forgetAnnouncement(context);
}

async function writeEnding({ trail, tools, request }: RequestContext, ending: Ending): Promise<boolean> {
  try {
    await trail.end(ending.outcome, ending.detail);
    return true;
  } catch (error) {
    tools.log.error(
      { error, request: request.id, ending },
      'the end of a change could not be written down yet',
    );
    return false;
  }
}
