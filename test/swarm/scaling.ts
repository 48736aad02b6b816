import { parseCommand } from '../../src/dispatch/parse-command.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { Answer } from '../../src/operations/answer.ts';
import type { Outcome, Planned } from '../../src/operations/operation.ts';
import { operations } from '../../src/operations/table.ts';

export interface Scaling {
  readonly plan: Planned;
  readonly outcome: Outcome;
  readonly progress: readonly Answer[];
}

/** Carries a command line out as dispatch does, on a real engine. `onProgress` is called when it is first told. */
export async function carryOut(
  engine: Engine,
  line: string,
  onProgress: () => void = () => {},
): Promise<Scaling> {
  const prepared = parseCommand(operations, line).prepare();
  if (prepared.kind !== 'change') throw new Error(`${line} changes nothing`);
  const signal = AbortSignal.timeout(100_000);
  await prepared.targets({ engine, signal });
  const plan = await prepared.plan({ engine, signal, now: Date.now, image });
  const progress: Answer[] = [];
  const outcome = await plan.apply({
    engine,
    signal,
    now: Date.now,
    stillAllowed: () => true,
    mayReadLogs: () => true,
    report(answer) {
      progress.push(answer);
      if (progress.length === 1) onProgress();
    },
  });
  return { plan, outcome, progress };
}

/** Any image may be deployed. */
const image = () => ({ allowed: true, rule: 'images', reason: 'Any image may be deployed.' });

/** All words of an answer, for looking something up in them. */
export function wordsOf(answer: Answer): string {
  return JSON.stringify(answer);
}
