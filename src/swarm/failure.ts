/**
 * Why something asked for was not done:
 * - `input`: what was typed, clicked or configured is wrong;
 * - `denied`: policy does not allow it, to this person, here;
 * - `not-found`: the thing named does not exist;
 * - `conflict`: the thing moved, or is in a state that forbids it;
 * - `unavailable`: an engine, Slack or the database could not be reached, timed out, or answered rubbish.
 */
export type FailureKind = 'input' | 'denied' | 'not-found' | 'conflict' | 'unavailable';

export interface FailureDetail {
  /** What would have been right, as a command to type: `service scale web=3`. */
  readonly example?: string | undefined;
  /** The usage line of the command that was meant. */
  readonly usage?: string | undefined;
  readonly cause?: unknown;
}

/** An expected failure: its message is a whole sentence, fit to be shown to the person who asked. */
export class Failure extends Error {
  override readonly name: string = 'Failure';
  readonly kind: FailureKind;
  readonly example: string | undefined;
  readonly usage: string | undefined;

  constructor(kind: FailureKind, message: string, detail: FailureDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.kind = kind;
    this.example = detail.example;
    this.usage = detail.usage;
  }
}
