import type { Engines } from '../engine/engine.ts';
import type { Answer, Part } from '../operations/answer.ts';
import { presentState } from '../operations/present-state.ts';
import type { Announcements, AuditEntry, AuditLog, OpenAnnouncement } from '../store/store.ts';
import { deadline } from '../swarm/deadline.ts';
import { Failure } from '../swarm/failure.ts';
import type { Log } from './dispatch.ts';
import { headline } from './headline.ts';
import { insist } from './insist.ts';
import type { AnnouncedAt, Announcement } from './request.ts';

interface ClosingTools {
  readonly audit: Pick<AuditLog, 'closeInterrupted'>;
  readonly announcements: Announcements;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface TellingTools extends Omit<ClosingTools, 'audit'> {
  readonly audit: Pick<AuditLog, 'entry'>;
  readonly engines: Engines;
  readonly resume: (at: AnnouncedAt) => Announcement;
  readonly signal: AbortSignal;
}

/** Reading how things are now takes no longer, for all that one change touched. Milliseconds. */
const lookDeadline = 30_000;

/**
 * Ends in the audit log what an earlier process left open, before anything new begins. A change that had no message in its
 * channel yet was not begun: nothing is changed before its message is stored.
 * @returns what `tellInterrupted` has to tell: what is announced from now on is not among it.
 */
export async function closeInterrupted({
  audit,
  announcements,
  log,
  now,
}: ClosingTools): Promise<readonly OpenAnnouncement[]> {
  const left = await announcements.open();
  const announced = new Set(left.filter(({ message }) => message !== null).map(({ requestId }) => requestId));
  const closed = await audit.closeInterrupted(now(), (entry) => {
    if (isChange(entry) && !announced.has(entry.requestId)) return notBegun;
    return isChange(entry) ? cutOff : readCutOff;
  });
  const stored = new Set(left.map(({ requestId }) => requestId));
  for (const entry of closed) {
    log.warn(
      { request: entry.requestId, command: entry.command, outcome: entry.outcome },
      'a stop cut off this',
    );
    if (!isChange(entry) || stored.has(entry.requestId)) continue;
    const { requestId, channel } = entry;
    await announcements.put({ requestId, channel, thread: null, message: null, at: now() });
  }
  return announcements.open();
}

const notBegun = {
  outcome: 'refused',
  detail: 'Nothing was changed: Shipmate stopped before it began this.',
} as const;
const cutOff = {
  outcome: 'unknown',
  detail: 'Shipmate stopped while it made or followed this change; how that ended is not known.',
} as const;
const readCutOff = { outcome: 'unknown', detail: 'Shipmate stopped before it answered this.' } as const;

function isChange({ plan, decision }: AuditEntry): boolean {
  return plan !== null && decision === 'allowed';
}

/**
 * Tells in their channels how the changes ended whose messages don't say so: in place where there is a message, once, however
 * long Slack refuses. Never rejects.
 */
export async function tellInterrupted(left: readonly OpenAnnouncement[], tools: TellingTools): Promise<void> {
  const { announcements, log, now, signal } = tools;
  // A database that is locked meanwhile keeps nobody from being told.
  const forgotten: Promise<void>[] = [];
  try {
    for (const each of left) {
      if (signal.aborted) break;
      if (!(await tellOne(each, tools))) continue;
      const { requestId } = each;
      const forget = () => announcements.forget(requestId);
      forgotten.push(insist(forget, { request: requestId }, { now, log, stopping: signal }));
    }
  } catch (error) {
    log.error({ error }, 'what a stop cut off could not be told; the next start tells it');
  }
  await Promise.all(forgotten);
}

/** Tells one. @returns whether there is nothing more to tell of it. */
async function tellOne(left: OpenAnnouncement, tools: TellingTools): Promise<boolean> {
  const { audit, resume, log, signal } = tools;
  const { requestId, channel, thread, message } = left;
  const entry = await audit.entry(requestId);
  if (entry !== null) {
    const answer = [...(await ending(entry, tools)), ...(message === null ? [leftBehind] : [])];
    try {
      await resume({ channel, thread, message }).finish(answer);
    } catch (error) {
      log.error({ error, request: requestId }, 'how a change ended could not be told');
      // Cut short by a stop, it is told after the next start; refused by Slack for good, never.
      return !signal.aborted;
    }
  }
  return true;
}

/** A post that was on its way may have got there: nobody knows where that message is. */
const leftBehind: Part = {
  kind: 'note',
  text: ['If a message above shows this as begun, it was left behind: this is how it ended.'],
};

async function ending(entry: AuditEntry, tools: TellingTools): Promise<Answer> {
  const { user, command, detail, outcome } = entry;
  const cluster = entry.cluster ?? '';
  return [
    headline({ user, command, cluster }),
    {
      kind: 'text',
      text: ['Shipmate was restarted meanwhile. ', { strong: outcome ?? 'unknown' }, `: ${detail ?? ''}`],
    },
    ...(outcome === 'unknown' ? await stateNow(entry, cluster, tools) : []),
  ];
}

async function stateNow(
  { targets }: AuditEntry,
  cluster: string,
  { engines, now, signal }: TellingTools,
): Promise<Answer> {
  using end = deadline(lookDeadline, signal);
  try {
    return await presentState(targets, { engine: engines.get(cluster), signal: end.signal, now });
  } catch (error) {
    signal.throwIfAborted();
    const why = error instanceof Failure ? error.message : 'Its engine did not answer in time.';
    return [{ kind: 'text', text: ['How things are now could not be read. ', why] }];
  }
}
