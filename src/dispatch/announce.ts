import type { Planned } from '../operations/operation.ts';
import { Failure } from '../swarm/failure.ts';
import type { RequestContext } from './context.ts';
import { failureAnswer, unexpectedAnswer } from './failure-answer.ts';
import { headline } from './headline.ts';
import { insist } from './insist.ts';
import type { Announcement } from './request.ts';
import { shownCommand } from './shown-command.ts';

/**
 * Announces a change that was begun in the audit log, so that its message ends true whatever becomes of this process: where
 * the message will be is stored before it is posted, and which it became before anything is changed.
 * @throws when one of these fails: then nothing may be changed, and the audit log says so.
 */
export async function announce(context: RequestContext, planned: Planned): Promise<Announcement> {
  const { request, tools } = context;
  const { id: requestId, channel, thread } = request;
  let announcement: Announcement | undefined;
  try {
    await tools.announcements.put({ requestId, channel, thread, message: null, at: tools.now() });
    announcement = await request.reply.announce([headlineOf(context), ...planned.preview]);
    await tools.announcements.posted(requestId, announcement.message ?? '');
    return announcement;
  } catch (error) {
    await refuse(context, error, announcement);
    throw error;
  }
}

/** What fails here is tried again by whoever ends the request, or told after the next start: the asker hears of it now. */
async function refuse(
  context: RequestContext,
  error: unknown,
  announcement: Announcement | undefined,
): Promise<void> {
  const { request, tools, trail } = context;
  const why = error instanceof Failure ? error.message : 'it could not be announced in the channel';
  await Promise.allSettled([
    trail.end('refused', `Nothing was changed: ${why}`).then(() => tools.announcements.forget(request.id)),
    announcement?.finish([
      headlineOf(context),
      { kind: 'text', text: ['Nothing was changed.'] },
      ...(error instanceof Failure ? failureAnswer(error) : unexpectedAnswer(request.id)),
    ]),
  ]);
}

/** For an announcement whose end was told. */
export function forgetAnnouncement({ request, tools }: RequestContext): Promise<void> {
  return insist(() => tools.announcements.forget(request.id), { request: request.id }, tools);
}

export function headlineOf({ request, words, cluster }: RequestContext) {
  return headline({ user: request.user, command: shownCommand(words), cluster });
}
