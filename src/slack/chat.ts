import type { AnnouncedAt, Announcement, Answer, Dispatch, People, Request } from '../dispatch/request.ts';

/** A connection to the workspace, from `start` until it is disposed of. */
export interface Chat extends AsyncDisposable {
  readonly people: People;
  /** Begins to take requests; resolves when the connection stands. */
  start(dispatch: Dispatch): Promise<void>;
  /** Takes up an announcement that another process left unfinished. After `start`. */
  resume(at: AnnouncedAt): Announcement;
  /** Tells one person in a channel. After `start`. Rejects with `Failure` of kind `unavailable`. */
  whisper(asker: Pick<Request, 'user' | 'channel' | 'thread'>, answer: Answer): Promise<void>;
  /** Tells a channel something that nobody asked for. Rejects with `Failure` of kind `unavailable`. */
  tell(channel: string, answer: Answer): Promise<void>;
}
