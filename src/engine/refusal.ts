import { z } from 'zod';
import { EngineFailure } from './engine.ts';
import { type EngineSubject, engineName, namedThing, quoted } from './engine-subject.ts';
import type { HttpAnswer } from './exchange.ts';

/**
 * Says what an answer other than 2xx means. Statuses alone don't tell: a lost race is a 500, as is a Swarm without a
 * leader. Source: moby, daemon/server/httpstatus and daemon/cluster/errors.go.
 */
export function refusal(subject: EngineSubject, answer: HttpAnswer): EngineFailure {
  const engine = engineName(subject);
  const said = messageOf(answer.body);
  const quote = said === '' ? `HTTP ${answer.status}` : quoted(subject, withoutRpc(said));
  const thing = namedThing(subject);
  const write = subject.method !== 'GET';

  if (/not a swarm manager/i.test(said)) {
    const state = /docker swarm init/.test(said)
      ? 'is in no Swarm'
      : "is a worker, and workers can't see the Swarm";
    return new EngineFailure(
      'unavailable',
      'not-a-manager',
      `${engine} ${state}: point ${subject.cluster} at one of the Swarm's managers.`,
    );
  }
  if (/does not have a leader/.test(said)) {
    return new EngineFailure(
      'unavailable',
      'no-leader',
      `The Swarm of ${subject.cluster} has no leader: fewer than half of its managers can be reached. Nothing can be read or changed until more are back.`,
    );
  }
  if (/update out of sequence/.test(said)) {
    return outOfSequence(subject);
  }
  if (/is ambiguous/.test(said) && thing !== undefined) {
    return new EngineFailure(
      'input',
      'ambiguous',
      `More than one ${thing.kind} of ${subject.cluster} has an id that begins with "${thing.reference}": give the name, or more of the id.`,
    );
  }
  if (/deadline exceeded/i.test(said)) {
    return new EngineFailure(
      'unavailable',
      'timed-out',
      `${engine} gave up waiting for the Swarm's managers: ${quote}.`,
      { uncertain: write },
    );
  }
  if (/HTTP request to an HTTPS server/.test(said)) {
    return new EngineFailure(
      'unavailable',
      'unreachable',
      `${engine} wants TLS: give ${subject.cluster} a certPath.`,
    );
  }
  return (
    (isEngineWord(answer) ? undefined : byProxy(subject, answer.status)) ??
    byStatus(subject, answer.status, quote)
  );
}

/** What a proxy before the engine says, when the engine itself has said nothing. */
function byProxy(subject: EngineSubject, status: number): EngineFailure | undefined {
  const engine = engineName(subject);
  const uncertain = subject.method !== 'GET';
  switch (status) {
    case 502:
      return new EngineFailure(
        'unavailable',
        'unreachable',
        `${engine} hung up before it had answered the proxy before it (HTTP 502): did it restart?`,
        { uncertain },
      );
    case 503:
      return new EngineFailure(
        'unavailable',
        'unreachable',
        `${engine} can't be reached by the proxy before it (HTTP 503): is dockerd running there?`,
      );
    case 504:
      return new EngineFailure(
        'unavailable',
        'timed-out',
        `${engine} didn't answer the proxy before it in time (HTTP 504).`,
        { uncertain },
      );
    default:
      return undefined;
  }
}

/** Somebody else, or the Swarm itself, changed the thing after it was read. */
export function outOfSequence(subject: EngineSubject): EngineFailure {
  const thing = namedThing(subject);
  return new EngineFailure(
    'conflict',
    'out-of-sequence',
    `${thing === undefined ? 'It' : `The ${thing.kind} "${thing.reference}"`} was changed meanwhile, so nothing was done: look at it again.`,
  );
}

function byStatus(subject: EngineSubject, status: number, quote: string): EngineFailure {
  const engine = engineName(subject);
  // What is wrong with what was asked for isn't mended at the engine's address, and a channel reads it.
  const bare = `The engine of ${subject.cluster}`;
  const thing = namedThing(subject);
  const asked = `${subject.method} ${subject.path}`;
  if (status === 404 && thing !== undefined) {
    return new EngineFailure(
      'not-found',
      'not-found',
      `There is no ${thing.kind} "${thing.reference}" in ${subject.cluster}.`,
      { absent: thing },
    );
  }
  if (status >= 300 && status < 400) {
    return new EngineFailure(
      'unavailable',
      'garbled',
      `${engine} answered ${asked} with a redirect (HTTP ${status}), which a Docker engine doesn't do.`,
    );
  }
  switch (status) {
    case 400:
    case 422:
      return new EngineFailure('input', 'rejected', `${bare} rejects that: ${quote}.`);
    case 401:
    case 403:
      return new EngineFailure(
        'unavailable',
        'rejected',
        `${engine}, or a proxy before it, doesn't let Shipmate do ${asked} (HTTP ${status}): ${quote}.`,
      );
    case 409:
      return new EngineFailure('conflict', 'conflict', `${bare} can't do that as things are: ${quote}.`);
    case 501:
      return new EngineFailure('conflict', 'rejected', `${bare} doesn't support that: ${quote}.`);
    default:
      return new EngineFailure(
        'unavailable',
        'rejected',
        `${engine} failed at ${asked} (HTTP ${status}): ${quote}.`,
        { uncertain: subject.method !== 'GET' && status >= 500 && status !== 503 },
      );
  }
}

/** A manager's words without those of the protocol between it and the engine. */
function withoutRpc(said: string): string {
  return said.replace(/^rpc error: code = \w+ desc = /, '');
}

const ErrorBody = z.object({ message: z.string() });

/** Engines answer `{"message": …}`, but plain text to a version that they don't speak; proxies answer HTML. */
function messageOf(body: string): string {
  return engineMessage(body) ?? body.replaceAll(/<[^>]*>/g, ' ').slice(0, 10_000);
}

function isEngineWord({ body }: HttpAnswer): boolean {
  return engineMessage(body) !== undefined;
}

function engineMessage(body: string): string | undefined {
  try {
    return ErrorBody.parse(JSON.parse(body)).message;
  } catch {
    return undefined;
  }
}
