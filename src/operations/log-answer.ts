import { type Engine, EngineFailure } from '../engine/engine.ts';
import { elapsed } from '../swarm/elapsed.ts';
import { logRows } from '../swarm/log-rows.ts';
import { missingLogs } from '../swarm/missing-logs.ts';
import { taskNodeName } from '../swarm/node-name.ts';
import type { Node } from '../swarm/node.ts';
import { ServiceDetails } from '../swarm/service-details.ts';
import type { Service } from '../swarm/service.ts';
import type { Task } from '../swarm/task.ts';
import type { Answer } from './answer.ts';
import { type LogFlags, logStyle } from './log-flags.ts';
import { logParts } from './log-parts.ts';
import type { LogEnd, LogReading } from './log-reading.ts';
import { warningParts } from './warning-parts.ts';

/** What lines are told apart and named by. */
export interface LogContext {
  readonly tasks: readonly Task[];
  readonly nodes: readonly Node[];
  /** What of it could not be read. */
  readonly notes: Answer;
}

/** A log is worth showing with ids in place of names, so a refusal becomes a note. */
export async function logContext(engine: Engine, service: Service, signal: AbortSignal): Promise<LogContext> {
  try {
    const [tasks, nodes] = await Promise.all([
      engine.tasks({ service: [service.ID] }, { signal }),
      engine.nodes({}, { signal }),
    ]);
    return { tasks, nodes, notes: [] };
  } catch (error) {
    if (!(error instanceof EngineFailure) || signal.aborted) throw error;
    const text = `Names could not be read, nor whether lines are missing: ${error.message}`;
    return { tasks: [], nodes: [], notes: [{ kind: 'note', text: [text] }] };
  }
}

/** What was read of a service's log, as parts: first what is missing, then the lines. */
export function logAnswer(
  service: Service,
  flags: LogFlags,
  { tasks, nodes, notes }: LogContext,
  reading: LogReading,
  { outOfTime = false, isFollowed = false }: { readonly outOfTime?: boolean; readonly isFollowed?: boolean },
): Answer {
  const { name, id } = { name: service.Spec.Name, id: service.ID };
  const lines = reading.newest.lines();
  const rows = logRows(
    lines,
    {
      service: { id, name },
      slots: new Map(tasks.map(({ ID, Slot }) => [ID, Slot ?? 0])),
      nodes: new Map(nodes.map((node) => [node.ID, taskNodeName(node)])),
    },
    logStyle(flags),
  );
  // Who follows a log looks at its end.
  const pages = logParts(rows).slice(0, isFollowed ? 1 : Infinity);
  return [
    ...warningParts(missingLogs(name, tasks, nodes, { ...reading, outOfTime })),
    ...(pages.length > 1 ? [newestFirst] : []),
    ...droppedNote(reading),
    ...(pages.length === 0 ? nothingWritten(service, isFollowed ? {} : flags) : pages),
    ...notes,
  ];
}

const newestFirst = {
  kind: 'note',
  text: ['The newest lines are at the end of the first page; later pages have older ones.'],
} as const;

function droppedNote({ newest, count }: LogReading): Answer {
  const dropped = newest.dropped();
  if (dropped === 0) return [];
  const text = `Only the newest ${count() - dropped} of ${count()} lines are shown; --since and --tail narrow it.`;
  return [{ kind: 'note', text: [text] }];
}

/** Nothing is said by the engine of a log that nobody keeps: it is just empty. */
function nothingWritten({ Spec }: Service, { since }: LogFlags): Answer {
  const driver = ServiceDetails.parse(Spec.TaskTemplate).LogDriver;
  const none = since === undefined ? 'No lines.' : `No lines since ${since}.`;
  const why =
    driver?.Name === 'none'
      ? [`The log driver of ${Spec.Name} is none: what it writes is kept nowhere.`]
      : driver?.Options?.['cache-disabled'] === 'true'
        ? [
            `${Spec.Name} writes its log to ${driver.Name ?? 'a driver'} alone (cache-disabled): it can’t be read here.`,
          ]
        : [];
  return [{ kind: 'text', text: [[none, ...why].join(' ')] }];
}

/** @param within milliseconds that the log had. */
export function endWarnings(end: LogEnd, within: number, { tail }: LogFlags): Answer {
  switch (end.kind) {
    case 'ended':
      return [];
    case 'out of time': {
      const oldest =
        tail === 'all' ? ' Engines send the oldest lines first: --tail 100 shows the newest.' : '';
      return warningParts([
        `The log had not ended after ${elapsed(within)}; this is what came until then.${oldest}`,
      ]);
    }
    case 'broken':
      return warningParts([`The log broke off: ${end.sentence}`]);
  }
}
