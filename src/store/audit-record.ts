import { z } from 'zod';
import { Failure } from '../swarm/failure.ts';
import type { AuditRow } from './schema.ts';
import type { AuditBegin, AuditEnd, AuditEntry } from './store.ts';

/** Longer strings are cut: a log that refuses what is too long would refuse the change. In UTF-16 units. */
const bounds = { word: 500, command: 12_000, detail: 4_000, plan: 200_000, targets: 10_000 };

const BeginBody = z.object({
  team: z.string(),
  user: z.string(),
  channel: z.string(),
  entry: z.string(),
  cluster: z.string().nullable(),
  operation: z.string(),
  command: z.string(),
  targets: z.array(z.string()),
  decision: z.enum(['allowed', 'denied']),
  rule: z.string(),
  plan: z.json(),
});
type BeginBody = z.infer<typeof BeginBody>;

/** The rest is left unread: every row of the log is checked with it. */
const BeginTargets = z.object({ targets: BeginBody.shape.targets });
const EndTargets = z.object({ outcome: z.string(), detail: z.string() }).transform(() => ({ targets: [] }));

const EndBody = z.object({
  outcome: z.enum(['done', 'failed', 'rolled back', 'overtaken', 'refused', 'unknown']),
  detail: z.string(),
});

/** A begin row's `body` and the names of its targets, each once. */
export function beginRecord(entry: AuditBegin): {
  readonly body: string;
  readonly targets: readonly string[];
} {
  const targets = [
    ...new Set(entry.targets.slice(0, bounds.targets).map((name) => bounded(name, bounds.word))),
  ];
  const body: BeginBody = {
    team: bounded(entry.team, bounds.word),
    user: bounded(entry.user, bounds.word),
    channel: bounded(entry.channel, bounds.word),
    entry: bounded(entry.entry, bounds.word),
    cluster: entry.cluster === null ? null : bounded(entry.cluster, bounds.word),
    operation: bounded(entry.operation, bounds.word),
    command: bounded(entry.command, bounds.command),
    targets,
    decision: entry.decision,
    rule: bounded(entry.rule, bounds.detail),
    plan: boundedPlan(entry.plan),
  };
  return { body: JSON.stringify(body), targets };
}

/** An end row's `body`. */
export function endRecord({ outcome, detail }: Pick<AuditEnd, 'outcome' | 'detail'>): string {
  return JSON.stringify({ outcome, detail: bounded(detail, bounds.detail) });
}

/**
 * An entry from its two rows.
 * @throws Failure `unavailable` when a row's body is not what was written.
 */
export function auditEntry(begin: AuditRow, end: AuditRow | undefined): AuditEntry {
  const ended = end && parseBody(EndBody, end);
  return {
    requestId: begin.request_id,
    at: begin.at,
    ...parseBody(BeginBody, begin),
    outcome: ended?.outcome ?? null,
    endedAt: end?.at ?? null,
    detail: ended?.detail ?? null,
  };
}

/** @returns the targets that a row names (an end names none), or undefined when its body is not what is written here. */
export function recordedTargets(row: AuditRow): readonly string[] | undefined {
  try {
    return parseBody(row.kind === 'begin' ? BeginTargets : EndTargets, row).targets;
  } catch {
    return undefined;
  }
}

function parseBody<Body>(schema: z.ZodType<Body>, row: AuditRow): Body {
  try {
    return schema.parse(JSON.parse(row.body));
  } catch (cause) {
    throw new Failure(
      'unavailable',
      `Row ${row.seq} of the audit log can't be read; "shipmate audit verify" tells what happened to it.`,
      { cause },
    );
  }
}

function boundedPlan(plan: unknown): z.infer<ReturnType<typeof z.json>> {
  const text = JSON.stringify(plan ?? null);
  if (text.length <= bounds.plan) return z.json().parse(JSON.parse(text));
  const summarized = z.object({ summary: z.string() }).safeParse(plan);
  const summary = summarized.success ? bounded(summarized.data.summary, bounds.detail) : '';
  return { summary, leftOut: `${text.length} characters` };
}

/** Neither lone surrogates nor NUL survive every database, and what isn't stored as it was hashed breaks the chain. */
export function bounded(text: string, length: number): string {
  const cut = text.length > length ? `${text.slice(0, length - 1)}…` : text;
  return cut.toWellFormed().replaceAll('\0', '\uFFFD');
}
