import { type Engine, EngineFailure } from '../engine/engine.ts';
import { logRows } from '../swarm/log-rows.ts';
import type { TaskTrouble } from '../swarm/task-trouble.ts';
import type { Answer } from './answer.ts';
import { logReading } from './log-reading.ts';

/** Milliseconds: a failure is told without its last words rather than late. */
const deadline = 2_000;
/** Characters. */
const mostWords = 2_000;
const linesOfTask = 5;
const mostTasks = 3;

const bareLines = { timestamps: false, noTrunc: false, noTaskIds: true, noResolve: true, raw: true };

/**
 * The last lines that a task wrote, secrets masked; none when they can't be read within two seconds, as those of a task
 * that never had a container.
 * @throws what the signal aborts with.
 */
export async function lastLogLines(
  engine: Engine,
  task: string,
  count: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const reading = logReading(mostWords);
  try {
    const query = { of: 'task', id: task, tail: count, follow: false, within: deadline } as const;
    await reading.readAll(engine.logs(query, { signal }));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof EngineFailure)) throw error;
  }
  const names = { service: { id: '', name: '' }, slots: new Map(), nodes: new Map() };
  return logRows(reading.newest.lines(), names, bareLines);
}

/** The last lines of a service's tasks that ended badly, as parts to be shown below what is said of them. */
export async function lastWords(
  engine: Engine,
  service: string,
  troubles: readonly TaskTrouble[],
  signal: AbortSignal,
): Promise<Answer> {
  const ended = troubles.filter(({ exitCode }) => exitCode !== null).slice(0, mostTasks);
  const words = await Promise.all(
    ended.map(async (trouble): Promise<Answer> => {
      const lines = await lastLogLines(engine, trouble.task, linesOfTask, signal);
      if (lines.length === 0) return [];
      const where = trouble.node === '' ? '' : ` on ${trouble.node}`;
      return [
        { kind: 'text', text: [`Last lines of ${trouble.slot || service}${where}:`] },
        { kind: 'code', text: lines.join('\n') },
      ];
    }),
  );
  return words.flat();
}
