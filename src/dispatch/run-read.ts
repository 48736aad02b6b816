import type { Answer, Part } from '../operations/answer.ts';
import type { Prepared, ReadTools } from '../operations/operation.ts';
import { deadline } from '../swarm/deadline.ts';
import { Failure } from '../swarm/failure.ts';
import { headlineOf } from './announce.ts';
import type { RequestContext } from './context.ts';
import { decideCommand } from './decide-command.ts';
import { decideTouches } from './decide-touches.ts';
import { Denied } from './denied.ts';
import { failureAnswer, unexpectedAnswer } from './failure-answer.ts';
import { insist } from './insist.ts';
import type { Announcement } from './request.ts';

/** No read takes longer unless it says so, however many calls to engines it makes. Milliseconds. */
const readDeadline = 60_000;

/**
 * Authorizes a read against what it touches, runs it, and whispers its answer; or ends the message with it that the read
 * reported to.
 */
export async function runRead(
  prepared: Extract<Prepared, { kind: 'read' }>,
  context: RequestContext,
): Promise<void> {
  const { engine, operation, trail, tools } = context;
  using end = deadline(prepared.deadline ?? readDeadline, tools.stopping);
  const { signal } = end;
  const touches = await prepared.targets({ engine, signal });
  const decision = decideTouches(context, touches);
  trail.learn({ targets: touches.kind === 'list' ? [] : touches.targets, decision });
  if (!decision.allowed) throw new Denied(decision);

  const recorded = await record(context, () => trail.begin());
  const message = readMessage(context);
  const answer = await prepared
    .run({ ...readTools(context, signal), report: (progress) => message.report(progress) })
    .catch((error: unknown) => message.fail(error));
  const closed = recorded && (await record(context, () => trail.end('done', 'answered')));
  await message.finish([
    ...answer,
    ...(operation.open === true ? [] : [origin(context)]),
    ...(closed ? [] : [unrecorded]),
  ]);
  if (recorded && !closed)
    await insist(() => trail.close('answered'), { request: context.request.id }, tools);
}

/** Where a read's answer goes: to the asker alone, unless it has begun to tell the channel. */
function readMessage(context: RequestContext) {
  const { reply, id } = context.request;
  const inChannel = (answer: Answer): Answer => [headlineOf(context), ...answer];
  let announcement: Announcement | undefined;
  return {
    async report(progress: Answer): Promise<void> {
      if (announcement === undefined) announcement = await reply.announce(inChannel(progress));
      else announcement.update(inChannel(progress));
    },
    async finish(answer: Answer): Promise<void> {
      await (announcement === undefined ? reply.whisper(answer) : announcement.finish(inChannel(answer)));
    },
    /** The asker is told as always; a message that was begun must not look as if it went on. */
    async fail(error: unknown): Promise<never> {
      const told = error instanceof Failure ? failureAnswer(error) : unexpectedAnswer(id);
      await announcement?.finish(inChannel(told));
      throw error;
    },
  };
}

/** A read changes nothing, and is what one needs most when things are broken: it goes on without its audit entry. */
async function record({ tools, request }: RequestContext, write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    tools.log.error({ error, request: request.id }, 'a read could not be written to the audit log');
    return false;
  }
}

const unrecorded: Part = { kind: 'note', text: ['This read could not be written to the audit log.'] };

function readTools(context: RequestContext, signal: AbortSignal): Omit<ReadTools, 'report'> {
  const { access, operation, cluster, engine, tools } = context;
  return {
    engine,
    audit: tools.audit,
    signal,
    now: tools.now,
    visible: (target) => access.toTargets(operation, [target]).allowed,
    may: (other) => access.toAnything(other, cluster).allowed,
    decide: (asked) => decideCommand(context, asked, signal),
    operations: tools.operations,
  };
}

/** Says which cluster an answer is of, and of when: it may be looked at hours later. */
function origin({ cluster, tools }: RequestContext): Answer[number] {
  return { kind: 'note', text: [{ strong: cluster }, ', ', { time: tools.now() }] };
}
