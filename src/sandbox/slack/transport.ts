import type { Acknowledgement, EnvelopeType, Retry } from './happenings.ts';
import type { Json } from './json.ts';

/** One payload on its way to the app. */
export interface Envelope {
  readonly id: string;
  readonly type: EnvelopeType;
  readonly payload: Json;
  readonly retry: Retry | null;
}

/** A way to the app. */
export interface Transport {
  /** Hands a payload over and waits for its acknowledgement, at most so many milliseconds. Never rejects. */
  deliver(envelope: Envelope, deadlineMs: number): Promise<Acknowledgement>;
}
