import { EngineFailure } from '../engine/engine.ts';
import { elapsed } from '../swarm/elapsed.ts';
import { serviceTarget } from '../swarm/service-target.ts';
import type { Service } from '../swarm/service.ts';
import type { Answer } from './answer.ts';
import { endWarnings, logAnswer, logContext } from './log-answer.ts';
import { followButton, showLogsButton } from './log-buttons.ts';
import { followTime, type LogFlags, logRange } from './log-flags.ts';
import { logPage } from './log-parts.ts';
import { type LogEnd, logReading } from './log-reading.ts';
import type { ReadTools } from './operation.ts';
import type { Pace } from './pace.ts';
import { warningParts } from './warning-parts.ts';

type FollowTools = Pick<ReadTools, 'engine' | 'signal' | 'visible' | 'report'> & Pace;

/** Milliseconds between looks at what has come. */
const showEvery = 2_000;

type FollowEnd = LogEnd | { readonly kind: 'denied' } | { readonly kind: 'stopped' };

/**
 * Shows the newest lines of a log as they come, for a time. Whether whoever asked may still see them is asked at every
 * look: following takes minutes.
 * @throws Failure when the channel can't be told; EngineFailure when the log can't be read at all.
 */
export async function followLogs(service: Service, flags: LogFlags, tools: FollowTools): Promise<Answer> {
  const { engine, signal, report, now, pause, visible } = tools;
  const { Name: name } = service.Spec;
  const within = followTime(flags);
  const reading = logReading(logPage);
  let context = await logContext(engine, service, signal);
  let shown = 0;

  function parts(heading: string, how: Answer): Answer {
    return [
      { kind: 'heading', text: heading },
      ...how,
      ...logAnswer(service, flags, context, reading, { isFollowed: true }),
    ];
  }
  function progress(): Answer {
    const until = { kind: 'note', text: ['Followed until ', { time: startedAt + within }] } as const;
    return parts(`Following the logs of ${name}`, [until]);
  }

  const startedAt = now();
  await report(progress());
  const denied = new AbortController();
  const reader = new AbortController();

  async function showAsTheyCome(): Promise<void> {
    for (;;) {
      await pause(showEvery, reader.signal).catch(() => undefined);
      if (reader.signal.aborted) return;
      if (!visible(serviceTarget(engine.cluster, service))) {
        denied.abort();
        return;
      }
      if (reading.count() === shown) continue;
      shown = reading.count();
      if (isUnknown(context.tasks)) context = await logContext(engine, service, signal);
      await report(progress());
    }
  }
  function isUnknown(tasks: readonly { readonly ID: string }[]): boolean {
    return reading.newest.lines().some(({ task }) => tasks.every(({ ID }) => ID !== task));
  }

  async function read(): Promise<FollowEnd> {
    const query = {
      of: 'service',
      id: service.ID,
      ...logRange(flags, startedAt),
      follow: true,
      within,
    } as const;
    try {
      const either = AbortSignal.any([signal, denied.signal]);
      return await reading.readAll(engine.logs(query, { signal: either }));
    } catch (error) {
      if (!(error instanceof EngineFailure) || error.reason !== 'aborted') throw error;
      return { kind: denied.signal.aborted ? 'denied' : 'stopped' };
    } finally {
      reader.abort();
    }
  }

  const [end] = await Promise.all([read(), showAsTheyCome()]);
  if (end.kind === 'denied') {
    return warningParts([`Following the logs of ${name} ended: whoever asked may not see them any more.`]);
  }
  return [
    ...parts(`Logs of ${name}, followed for ${elapsed(now() - startedAt)}`, endOfFollowing(end, flags)),
    {
      kind: 'buttons',
      buttons: [followButton(engine.cluster, name, flags), showLogsButton(engine.cluster, name)],
    },
  ];
}

function endOfFollowing(end: Exclude<FollowEnd, { kind: 'denied' }>, flags: LogFlags): Answer {
  switch (end.kind) {
    case 'out of time':
      return [];
    case 'ended':
      return [{ kind: 'note', text: ['The engine ended the log: nothing of the service runs any more.'] }];
    case 'stopped':
      return warningParts(['Shipmate was stopped while it followed.']);
    case 'broken':
      return endWarnings(end, 0, flags);
  }
}
