import { EngineFailure, type EngineReason } from './engine.ts';
import type { EngineCalls, EngineRequest } from './engine-calls.ts';
import { endpointOf } from './engine-endpoints.ts';
import type { EngineSubject } from './engine-subject.ts';

/** How a call to an engine went, for metrics. */
export interface SeenCall {
  readonly cluster: string;
  /** A name of engineEndpoints. */
  readonly endpoint: string;
  readonly outcome: 'ok' | 'broke' | EngineReason;
  readonly milliseconds: number;
}

export interface KnownCallOptions {
  /** Told of every call when it has ended. */
  readonly observe: (seen: SeenCall) => void;
  /** Milliseconds; only differences count. */
  readonly now: () => number;
}

/**
 * Sends the calls of engineEndpoints alone, and tells how each went; a stream has gone well when it has begun. Throws
 * Error for any other: that is a bug.
 */
export function knownCalls(calls: EngineCalls, { observe, now }: KnownCallOptions): EngineCalls {
  async function seen<T>(request: EngineRequest, subject: EngineSubject, send: () => Promise<T>): Promise<T> {
    const { name: endpoint } = endpointOf(request.method, request.path);
    const from = now();
    const tell = (outcome: SeenCall['outcome']) =>
      observe({ cluster: subject.cluster, endpoint, outcome, milliseconds: now() - from });
    try {
      const answer = await send();
      tell('ok');
      return answer;
    } catch (error) {
      tell(error instanceof EngineFailure ? error.reason : 'broke');
      throw error;
    }
  }
  return {
    text: (request, subject, signal) => seen(request, subject, () => calls.text(request, subject, signal)),
    stream: (request, subject, within, signal) =>
      seen(request, subject, () => calls.stream(request, subject, within, signal)),
  };
}
