/** The start of an audit entry. Times everywhere are milliseconds since 1970. */
export interface AuditBegin {
  readonly requestId: string;
  readonly at: number;
  readonly team: string;
  readonly user: string;
  readonly channel: string;
  readonly entry: string;
  readonly cluster: string | null;
  readonly operation: string;
  /** The command line as it was understood, with values that may be secret masked. */
  readonly command: string;
  /** `prod/web`, `prod/node:node1`; empty for a request that never got as far. */
  readonly targets: readonly string[];
  readonly decision: 'allowed' | 'denied';
  readonly rule: string;
  /** What would change, as `{ summary, … }`; null for reads and refusals. */
  readonly plan: unknown;
}

/** `unknown` is what a crash cut off. `refused` was never begun: policy or the input forbade it. */
export type AuditOutcome = 'done' | 'failed' | 'rolled back' | 'overtaken' | 'refused' | 'unknown';

export interface AuditEnd {
  readonly requestId: string;
  readonly at: number;
  readonly outcome: AuditOutcome;
  readonly detail: string;
}

export interface AuditEntry extends AuditBegin {
  /** Null while it runs. */
  readonly outcome: AuditOutcome | null;
  readonly endedAt: number | null;
  readonly detail: string | null;
}

export interface AuditQuery {
  /** Entries whose targets match one of these patterns (`*` as a wildcard). */
  readonly targets?: readonly string[];
  readonly since?: number;
  readonly limit: number;
}

export type AuditVerification =
  | { readonly intact: true; readonly rows: number; readonly head: string }
  | { readonly intact: false; readonly rows: number; readonly brokenAt: number; readonly why: string };

/**
 * Who did what. Append-only: a beginning and an end are two rows, each carrying the hash of the row before. A promise
 * that resolves means durable. Text that is too long is cut: a command to 12,000 characters, a detail to 4,000.
 */
export interface AuditLog {
  /** @throws Failure `conflict` when the request was begun before. */
  begin(entry: AuditBegin): Promise<void>;
  /** @throws Failure `conflict` when the request was never begun, or has ended already. */
  end(entry: AuditEnd): Promise<void>;
  /** Newest first, a thousand at most. */
  entries(query: AuditQuery): Promise<readonly AuditEntry[]>;
  /** @returns null when there is none. */
  entry(requestId: string): Promise<AuditEntry | null>;
  /**
   * Ends every entry that is still open, as `endOf` says of it, or as `unknown`; called once at the start.
   * @returns those entries.
   */
  closeInterrupted(
    at: number,
    endOf?: (entry: AuditEntry) => Pick<AuditEnd, 'outcome' | 'detail'>,
  ): Promise<readonly AuditEntry[]>;
  verify(): Promise<AuditVerification>;
}

/** A request that was taken, and of which the audit log has nothing yet. */
export interface TakenRequest extends Pick<
  AuditBegin,
  'requestId' | 'at' | 'team' | 'user' | 'channel' | 'entry' | 'command'
> {
  /** The `ts` of the message whose thread it was made in, or null. */
  readonly thread: string | null;
}

/** What Slack delivered already: it delivers again after gaps, and a payload must run once. */
export interface Deliveries {
  /**
   * Claims what was delivered, and keeps the request in it until the audit log has it.
   * @returns false when `id` was claimed before. Claims older than a day are forgotten.
   */
  claim(id: string, at: number, request?: TakenRequest): Promise<boolean>;
  /** The requests that the audit log has nothing of, oldest first. */
  taken(): Promise<readonly TakenRequest[]>;
  /** It came to nothing that the audit log tells of. */
  forget(requestId: string): Promise<void>;
}

/** What a button stands for; the button itself carries only the id. */
export interface StoredAction {
  readonly id: string;
  readonly team: string;
  readonly channel: string;
  /** The `ts` of the message the button is in, or null for an ephemeral one. */
  readonly message: string | null;
  /** The one person who sees the button (ephemeral messages), or null. */
  readonly user: string | null;
  readonly expiresAt: number;
  /** JSON of whoever stored it. */
  readonly content: string;
}

export interface Actions {
  put(actions: readonly StoredAction[]): Promise<void>;
  /** Says which message the buttons were posted in. */
  bind(ids: readonly string[], message: string): Promise<void>;
  /** @returns null when there is none, or it expired by `at`. */
  get(id: string, at: number): Promise<StoredAction | null>;
}

/** A message in a channel that tells of a change, kept until it has told how that ended. */
export interface OpenAnnouncement {
  readonly requestId: string;
  readonly channel: string;
  /** The `ts` of the message whose thread it is in, or null. */
  readonly thread: string | null;
  /** Its `ts`; null while it is being posted: nothing is changed before it is known. */
  readonly message: string | null;
  /** When it was put; milliseconds since 1970. */
  readonly at: number;
}

export interface Announcements {
  put(announcement: OpenAnnouncement): Promise<void>;
  /** Says which message it became. */
  posted(requestId: string, message: string): Promise<void>;
  /** Oldest first. */
  open(): Promise<readonly OpenAnnouncement[]>;
  /** Its end was told, or never will be. */
  forget(requestId: string): Promise<void>;
}

/** Everything durable. Methods throw `Failure` of kind `unavailable` when the database refuses or is locked too long. */
export interface Store extends AsyncDisposable {
  readonly audit: AuditLog;
  readonly deliveries: Deliveries;
  readonly actions: Actions;
  readonly announcements: Announcements;
}
