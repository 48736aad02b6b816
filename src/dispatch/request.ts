import type { Answer } from '../operations/answer.ts';
import type { Person } from '../policy/policy.ts';

export type { Answer, Button, Fact, Inline, Part, Table, TableCell } from '../operations/answer.ts';
export type { Standing } from '../policy/policy.ts';

/** The ways in. Each ends in `dispatch`, and is authorized there. */
export const entryPoints = ['command', 'mention', 'button', 'submission'] as const;
export type EntryPoint = (typeof entryPoints)[number];

/** Somebody asks for something, however they did it. */
export interface Request {
  readonly id: string;
  readonly entry: EntryPoint;
  /** Slack's team and user id of who asks; who that is, is looked up anew for every request. */
  readonly team: string;
  readonly user: string;
  readonly channel: string;
  /** Slack's `ts` of the message whose thread it was asked in, or null. */
  readonly thread: string | null;
  /** As typed, or as words when a button stands for them. */
  readonly command: string | readonly string[];
  /**
   * Another page of an answer is asked for, by running its command anew: only a read may be run for that, a change is
   * refused.
   */
  readonly onlyReads?: true;
  /** Of the button that was pressed: what its dialog said would happen (see `Button`). */
  readonly pin?: string | undefined;
  readonly reply: Reply;
}

/** How a request is answered. Both reject with `Failure` of kind `unavailable` when Slack can't be told. */
export interface Reply {
  /**
   * Seen by the asker alone. After a click in a message that only the asker sees, it takes that message's place; after a
   * command each one is a message of its own, since Slack replaces nothing there (bolt-js#2287).
   * @param place `beside` replaces nothing in any case: a failure must not destroy the answer it came from
   */
  whisper(answer: Answer, place?: 'beside'): Promise<void>;
  /**
   * Posts one message in the channel (in the thread that was asked in), to be edited in place. Rejects with `conflict`
   * when the button that was pressed works once, and was pressed before.
   */
  announce(answer: Answer): Promise<Announcement>;
}

/** Where an announcement is, or is going to be when `message` is null. Both are Slack's `ts`. */
export interface AnnouncedAt {
  readonly channel: string;
  readonly thread: string | null;
  readonly message: string | null;
}

/** One message in a channel that tells how a change goes. */
export interface Announcement {
  /** Slack's `ts` of it, as it was posted. */
  readonly message: string | null;
  /** Shown at most once in two seconds; the newest wins, older ones may never be shown. Never rejects. */
  update(answer: Answer): void;
  /**
   * Shows the end of it, in place; when the message can't be edited any more it is posted again. Waits for Slack as long
   * as it takes: rejects when Slack refuses for good, and when the process ends.
   */
  finish(answer: Answer): Promise<void>;
}

/** Who people are. A look-up that fails rejects, and whoever asked is refused. */
export interface People {
  person(team: string, user: string): Promise<Person>;
}

/** What the chat calls for every request. Never rejects: whatever goes wrong is told to the asker and logged. */
export type Dispatch = (request: Request) => Promise<void>;
