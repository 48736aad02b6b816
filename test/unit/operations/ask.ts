import { parseCommand } from '../../../src/dispatch/parse-command.ts';
import type { Answer, Part } from '../../../src/operations/answer.ts';
import type { Operation, ReadTools, Touches } from '../../../src/operations/operation.ts';
import { operations } from '../../../src/operations/table.ts';
import type { AuditEntry } from '../../../src/store/store.ts';
import type { Target } from '../../../src/swarm/target.ts';
import { type SampleSwarm, sampleEngine } from './sample-engine.ts';

export interface Asker {
  /** What they are granted; everything when left out. */
  readonly visible?: (target: Target) => boolean;
  readonly may?: (operation: Operation) => boolean;
  /** What the audit log has. */
  readonly entries?: readonly AuditEntry[];
}

/** Three minutes into 2026, when everything that is asked here is asked. */
const now = Date.parse('2026-01-01T00:03:00Z');

/** Runs a command line that reads, in a cluster named `prod`. */
export async function ask(line: string, swarm: SampleSwarm, asker: Asker = {}): Promise<Answer> {
  const { prepared, tools } = prepare(line, swarm, asker);
  return prepared.run(tools);
}

/** What a command line that reads touches. */
export async function touches(line: string, swarm: SampleSwarm): Promise<Touches> {
  const { prepared, tools } = prepare(line, swarm, {});
  return prepared.targets(tools);
}

function prepare(line: string, swarm: SampleSwarm, { visible, may, entries = [] }: Asker) {
  const prepared = parseCommand(operations, line).prepare();
  if (prepared.kind !== 'read') throw new Error(`${line} changes something`);
  const tools: ReadTools = {
    engine: sampleEngine(swarm),
    audit: { entries: async () => entries },
    signal: new AbortController().signal,
    now: () => now,
    visible: visible ?? (() => true),
    may: may ?? (() => true),
    decide: () => Promise.reject(new Error('not asked here')),
    operations,
    report: () => Promise.reject(new Error('nothing is reported here')),
  };
  return { prepared, tools };
}

/** The parts of one kind. */
export function partsOf<Kind extends Part['kind']>(
  answer: Answer,
  kind: Kind,
): readonly Extract<Part, { kind: Kind }>[] {
  return answer.filter((part): part is Extract<Part, { kind: Kind }> => part.kind === kind);
}

/** A table's cells as plain texts. */
export function cells(answer: Answer): readonly (readonly string[])[] {
  return partsOf(answer, 'table').flatMap(({ rows }) =>
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : 'text' in cell ? cell.text : ''))),
  );
}

/** Small print as plain texts. */
export function notes(answer: Answer): readonly string[] {
  return partsOf(answer, 'note').map(({ text }) =>
    text.map((run) => (typeof run === 'string' ? run : 'code' in run ? run.code : '')).join(''),
  );
}

/** The command lines that the buttons stand for, by label. */
export function buttons(answer: Answer): Readonly<Record<string, string>> {
  return Object.fromEntries(
    partsOf(answer, 'buttons').flatMap(({ buttons }) =>
      buttons.map(({ label, command }) => [label, command.join(' ')]),
    ),
  );
}
