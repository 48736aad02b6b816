import type { Engines } from '../engine/engine.ts';
import type { Operation } from '../operations/operation.ts';
import type { Decision, Policy } from '../policy/policy.ts';
import type { Announcements, AuditLog } from '../store/store.ts';
import { Failure } from '../swarm/failure.ts';
import { accessOf } from './access.ts';
import { type AuditTrail, auditTrail } from './audit-trail.ts';
import { Denied } from './denied.ts';
import { denialAnswer, failureAnswer, unexpectedAnswer } from './failure-answer.ts';
import { insist } from './insist.ts';
import { Moved } from './moved.ts';
import { type ParsedCommand, parseCommand } from './parse-command.ts';
import type { Answer, Dispatch, People, Request } from './request.ts';
import { runChange } from './run-change.ts';
import { runRead } from './run-read.ts';
import { shownCommand } from './shown-command.ts';
import { withSuggestion } from './suggest-name.ts';

/** The part of pino that is used. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface DispatchTools {
  readonly operations: readonly Operation[];
  /** The policy of this moment; it changes when the configuration does. */
  readonly policy: () => Policy;
  readonly engines: Engines;
  readonly people: People;
  readonly audit: AuditLog;
  readonly announcements: Announcements;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Aborted when the process has to stop: what is being followed is left, and told as unknown. */
  readonly stopping: AbortSignal;
}

/**
 * The one path of every request: who asks, what is meant, may they, to what exactly, may they do it to that; then it
 * is read or carried out, written down, and answered. The promise it gives never rejects.
 */
export function dispatcher(tools: DispatchTools): Dispatch {
  return async (request) => {
    const trail = auditTrail(tools.audit, request, tools.now);
    try {
      await serve(tools, request, trail);
    } catch (error) {
      await conclude(tools, request, trail, error);
    }
  };
}

async function serve(tools: DispatchTools, request: Request, trail: AuditTrail): Promise<void> {
  const person = await tools.people.person(request.team, request.user);
  const access = accessOf(tools.policy, person, request.channel);

  const admission = access.admission();
  trail.learn({ decision: admission });
  const parsed = parse(tools, request, admission);
  const { operation, words } = parsed;
  const cluster = parsed.cluster ?? tools.policy().channels[request.channel]?.cluster ?? '';
  const possible = access.toAnything(operation, cluster);
  trail.learn({ operation: operation.name, command: words, cluster, decision: possible });
  if (!possible.allowed) throw new Denied(possible);

  const prepared = parsed.prepare();
  if (request.onlyReads === true && prepared.kind === 'change') {
    throw new Failure('input', 'Turning a page never changes anything. To run this again, type it again.');
  }
  const engine = tools.engines.get(cluster);
  const context = { tools, request, access, trail, operation, words, cluster, engine };
  try {
    await (prepared.kind === 'read' ? runRead(prepared, context) : runChange(prepared, context));
  } catch (error) {
    throw await withSuggestion(error, context);
  }
}

/** Explains a mistake only to those who may use commands here: to others there is nothing to explain. */
function parse(tools: DispatchTools, request: Request, admission: Decision): ParsedCommand {
  try {
    const parsed = parseCommand(tools.operations, request.command);
    if (parsed.cluster !== undefined) tools.engines.get(parsed.cluster);
    return parsed;
  } catch (error) {
    throw admission.allowed ? error : new Denied(admission);
  }
}

/** Ends a request that didn't reach its own end: writes it down, logs it, tells the asker. */
async function conclude(
  tools: DispatchTools,
  request: Request,
  trail: AuditTrail,
  error: unknown,
): Promise<void> {
  const fields = { error, request: request.id, user: request.user, channel: request.channel };
  if (error instanceof Failure) tools.log.info(fields, 'a request was refused or failed');
  else tools.log.error(fields, 'a request broke');
  const detail = error instanceof Failure ? error.message : 'Shipmate broke; see its log';
  // The asker doesn't wait for a database that is locked.
  await Promise.all([
    insist(() => trail.close(detail), { request: request.id }, tools),
    whisper(tools, request, apology(request, error)),
  ]);
}

async function whisper(tools: DispatchTools, request: Request, answer: Answer): Promise<void> {
  try {
    await request.reply.whisper(answer, 'beside');
  } catch (error) {
    tools.log.error({ error, request: request.id }, 'the asker could not be told of a failure');
  }
}

function apology(request: Request, error: unknown): Answer {
  if (error instanceof Moved) {
    return [...failureAnswer(error), { kind: 'buttons', buttons: [error.offer] }];
  }
  if (error instanceof Denied) return denialAnswer(commandInBrief(request), error.decision);
  return error instanceof Failure ? failureAnswer(error) : unexpectedAnswer(request.id);
}

/** The asker alone sees it, on a screen that others may see. */
function commandInBrief({ command }: Request): string {
  const text = shownCommand(command);
  return text.length > 200 ? `${text.slice(0, 200).toWellFormed()}…` : text;
}
