import type { Target } from '../swarm/target.ts';

/** Who a Slack user is to this workspace. Only a `member` is ever allowed anything. */
export type Standing = 'member' | 'guest' | 'bot' | 'deleted' | 'stranger' | 'foreign';

/** `team` and `id` are Slack's; `groups` are ids of the user groups that the person is in. */
export interface Person {
  readonly team: string;
  readonly id: string;
  readonly standing: Standing;
  readonly groups: readonly string[];
}

interface Role {
  /** Operation names, with `*` as a wildcard. */
  readonly allow: readonly string[];
  readonly includes: readonly string[];
}

/** All of a line must hold. An absent `in` or `on` means everywhere, everything. */
export interface Grant {
  readonly role: string;
  /** User ids, user-group ids, or `everyone`. */
  readonly to: readonly string[];
  /** Channel ids. */
  readonly in?: readonly string[] | undefined;
  /** Target patterns. */
  readonly on?: readonly string[] | undefined;
}

export interface Deny {
  readonly operations: readonly string[];
  readonly to?: readonly string[] | undefined;
  readonly in?: readonly string[] | undefined;
  readonly on?: readonly string[] | undefined;
}

export interface Policy {
  /** By channel id; commands work in these channels alone. */
  readonly channels: Readonly<Record<string, { readonly cluster: string }>>;
  readonly roles: Readonly<Record<string, Role>>;
  readonly grants: readonly Grant[];
  readonly deny: readonly Deny[];
  readonly images?: ImageRule | undefined;
}

/** The images that may be deployed: patterns with `*` as a wildcard. Without a rule any may; an empty list allows none. */
export interface ImageRule {
  readonly allow: readonly string[];
}

/**
 * What is asked for. `targets`:
 * - `some`: all of these must be allowed;
 * - `list`: a list of the things of one kind in a cluster: allowed if one could be, and then each row is asked for
 *   on its own;
 * - `any`: asked before the targets are known, with the names as typed left out: is there anything in this cluster
 *   that this person could do this to from here? Never enough to act on.
 */
export interface AccessRequest {
  readonly person: Person;
  readonly channel: string;
  readonly operation: string;
  /** Shipmate's own words that every full member may use where commands work: help and can-i. */
  readonly open: boolean;
  readonly targets: Scope;
}

export type Scope =
  | { readonly kind: 'some'; readonly targets: readonly Target[] }
  | { readonly kind: 'list' | 'any'; readonly cluster: string };

export interface Decision {
  readonly allowed: boolean;
  /** The rule that decides, as a path into the configuration: `grants[1]`, `deny[0]`, `channels`, `built-in: …`. */
  readonly rule: string;
  /** A sentence: why, for the person who asked. */
  readonly reason: string;
  /** Who is granted it instead: user ids and user-group ids (or `everyone`), for a refusal; empty when nobody. */
  readonly others: readonly string[];
}
