import type { Generated } from 'kysely';

/** The tables, as `migrations.ts` makes them. Times are milliseconds since 1970. */
export interface Schema {
  readonly audit_row: AuditRow;
  readonly audit_head: AuditHead;
  readonly audit_name: AuditNameTable;
  readonly audit_target: AuditTarget;
  readonly delivery: DeliveryRow;
  readonly taken_request: TakenRequestRow;
  readonly action: ActionRow;
  readonly announcement: AnnouncementRow;
}

/**
 * One link of the chain. `seq` counts from 1 without gaps; `body` is JSON; `hash` is `rowHash` of all the rest, and
 * `previous` is the `hash` of the row before.
 */
export interface AuditRow {
  readonly seq: number;
  readonly kind: 'begin' | 'end';
  readonly request_id: string;
  readonly at: number;
  readonly body: string;
  readonly previous: string;
  readonly hash: string;
}

/** One row, `id` 1: how many rows there are, and the hash of the newest, so that removing the newest is found. */
export interface AuditHead {
  readonly id: number;
  readonly count: number;
  readonly hash: string;
}

/** Every target's name once: a cluster has thousands of things, its log has millions of entries. */
interface AuditNameTable {
  readonly id: Generated<number>;
  readonly name: string;
}

/** Which `begin` rows touch a name; `at` is that row's. */
interface AuditTarget {
  readonly name_id: number;
  readonly at: number;
  readonly seq: number;
}

interface DeliveryRow {
  readonly id: string;
  readonly at: number;
}

interface TakenRequestRow {
  readonly request_id: string;
  readonly at: number;
  readonly team: string;
  readonly user_id: string;
  readonly channel: string;
  readonly thread: string | null;
  readonly entry: string;
  readonly command: string;
}

interface AnnouncementRow {
  readonly request_id: string;
  readonly channel: string;
  readonly thread: string | null;
  readonly message: string | null;
  readonly at: number;
}

interface ActionRow {
  readonly id: string;
  readonly team: string;
  readonly channel: string;
  readonly message: string | null;
  readonly user_id: string | null;
  readonly expires_at: number;
  readonly content: string;
}
