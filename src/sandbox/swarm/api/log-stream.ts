import type { ServerResponse } from 'node:http';
import type { Container } from '../containers.ts';
import { fixedMoment, parseMoment } from '../moment.ts';
import type { Task } from '../objects.ts';
import { linesWritten, type LogLine } from '../program.ts';
import { compareStates } from '../task-state.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { type Answer, type Asked, isAsked } from './answer.ts';
import type { EngineParts } from './engine.ts';
import { findService, findTask } from './find.ts';

interface Source {
  readonly container: () => Container | undefined;
  /** What `details` puts before a line. */
  readonly details: string;
  /** What its node, which can't be reached, has of it stays there. */
  readonly missing?: string;
}

interface Wanted {
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly follow: boolean;
  readonly timestamps: boolean;
  readonly details: boolean;
  readonly tail: number;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly until: number;
  readonly isTerminal: boolean;
}

export function serviceLogs(engine: EngineParts, asked: Asked): Answer {
  const { world } = engine;
  const service = findService(world, asked.params[0] ?? '');
  const { spec } = service.Specification;
  const wanted = wantedIn(asked.query, spec.TaskTemplate.ContainerSpec?.TTY === true);
  return logs(world, wanted, () => world.tasksBy.service(service.ID).map((task) => taskSource(engine, task)));
}

export function taskLogs(engine: EngineParts, asked: Asked): Answer {
  const { world } = engine;
  const task = findTask(world, asked.params[0] ?? '');
  const wanted = wantedIn(asked.query, task.Spec.ContainerSpec?.TTY === true);
  return logs(world, wanted, () => [taskSource(engine, task)]);
}

export function containerLogsOf(world: World, container: Container, query: URLSearchParams): Answer {
  const wanted = wantedIn(query, container.spec.TTY === true, 400);
  const source = { container: () => world.containers.get(container.id), details: '' };
  return logs(world, wanted, () => [source]);
}

function taskSource({ world, controllers }: EngineParts, task: Task): Source {
  const parts = { 'node.id': task.NodeID, 'service.id': task.ServiceID, 'task.id': task.ID };
  const details = Object.entries(parts).map(([key, value]) => `com.docker.swarm.${key}=${value}`);
  const { NodeID } = task;
  const isLost = controllers.agent.isCutOff(NodeID) && compareStates(task.Status.State, 'running') >= 0;
  return {
    container: () => (isLost ? undefined : world.containers.ofTask(task.ID)),
    details: details.join(','),
    ...(isLost && { missing: `node ${NodeID} is not available` }),
  };
}

/** @throws Refusal with 500 on the way through the managers, else with 400 */
function wantedIn(query: URLSearchParams, isTerminal: boolean, status = 500): Wanted {
  const [stdout, stderr] = [isAsked(query, 'stdout'), isAsked(query, 'stderr')];
  if (!stdout && !stderr) throw new Refusal(status, 'Bad parameters: you must choose at least one stream');
  const tail = query.get('tail') ?? '';
  if (!/^(all|-?\d+|)$/.test(tail)) {
    throw new Refusal(status, 'tail value must be a positive integer or "all"');
  }
  if (tail.startsWith('-') && status === 500) throw new Refusal(500, 'negative tail values not supported');
  return {
    stdout,
    stderr,
    follow: isAsked(query, 'follow'),
    timestamps: isAsked(query, 'timestamps'),
    details: isAsked(query, 'details'),
    tail: /^\d+$/.test(tail) ? Number(tail) : Infinity,
    since: parseMoment(query.get('since') ?? '') ?? 0,
    until: parseMoment(query.get('until') ?? '') || Infinity,
    isTerminal,
  };
}

/** How often a followed log is looked at for new lines, in milliseconds. */
const followEvery = 250;

function logs(world: World, wanted: Wanted, sourcesNow: () => readonly Source[]): Answer {
  return {
    kind: 'stream',
    contentType: `application/vnd.docker.${wanted.isTerminal ? 'raw' : 'multiplexed'}-stream`,
    write(response) {
      response.flushHeaders();
      let reached = Math.min(world.clock.now(), wanted.until);
      const sources = sourcesNow();
      for (const source of sources) {
        const window = { after: wanted.since - 0.001, until: reached, last: wanted.tail };
        for (const line of linesOf(source, wanted, window)) writeLine(response, source, line, wanted);
      }
      if (!wanted.follow || wanted.until < world.clock.now()) {
        writeMissing(response, sources);
        response.end();
        return () => {};
      }
      let callOff = () => {};
      const look = () => {
        const until = Math.min(world.clock.now(), wanted.until);
        const fresh = sourcesNow().flatMap((source) =>
          linesOf(source, wanted, { after: reached, until, last: Infinity }).map((line) => ({
            source,
            line,
          })),
        );
        for (const { source, line } of fresh.toSorted((one, other) => one.line.at - other.line.at)) {
          writeLine(response, source, line, wanted);
        }
        reached = until;
        callOff = world.clock.after(followEvery, look);
      };
      callOff = world.clock.after(followEvery, look);
      return () => callOff();
    },
  };
}

function linesOf(
  { container: find }: Source,
  { stdout, stderr }: Wanted,
  { after, until, last }: { readonly after: number; readonly until: number; readonly last: number },
): readonly LogLine[] {
  const container = find();
  if (container?.started === undefined || last === 0) return [];
  const { program, started, finished } = container;
  const lines = linesWritten(program, { started, after, until: Math.min(until, finished ?? Infinity), last });
  return lines.filter(({ stream }) => (stream === 'stdout' ? stdout : stderr));
}

function writeLine(
  response: ServerResponse,
  { details }: Source,
  { stream, text, at }: LogLine,
  wanted: Wanted,
): void {
  const prefix = [...(wanted.timestamps ? [fixedMoment(at)] : []), ...(wanted.details ? [details] : [])];
  const line = Buffer.from(`${[...prefix, text].join(' ')}\n`);
  if (wanted.isTerminal) {
    response.write(line);
    return;
  }
  writeFrame(response, stream === 'stdout' ? 1 : 2, line);
}

/** What the daemon itself has to say comes on a stream of its own. */
function writeMissing(response: ServerResponse, sources: readonly Source[]): void {
  const reasons = new Set(sources.map(({ missing }) => missing).filter((missing) => missing !== undefined));
  if (reasons.size === 0) return;
  const why = `warning: incomplete log stream. some logs could not be retrieved for the following reasons: ${[...reasons].join(', ')}`;
  writeFrame(response, 3, Buffer.from(`Error grabbing logs: rpc error: code = Unknown desc = ${why}\n`));
}

function writeFrame(response: ServerResponse, stream: number, content: Buffer): void {
  const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(content.length, 4);
  response.write(Buffer.concat([header, content]));
}
