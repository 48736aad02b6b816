import type { ServiceSpec } from './service.ts';
import type { TaskTrouble } from './task-trouble.ts';

/** The change that is followed. Times are milliseconds since 1970. */
export interface Followed {
  /** The service's name, for the sentences. */
  readonly name: string;
  /** `Version.Index` that the change was written over: what is read with it, or an older one, is from before. */
  readonly over: number;
  /** Does a spec still hold what was asked for? */
  readonly stands: (spec: ServiceSpec) => boolean;
  /** What a spec holds of it: `3 replicas`. */
  readonly describe: (spec: ServiceSpec) => string;
  readonly startedAt: number;
  readonly deadline: number;
}

export type FailedBecause =
  | 'paused'
  | 'rollback-paused'
  | 'rolled-back'
  | 'unschedulable'
  | 'crash-loop'
  | 'not-restarted'
  | 'deadline';

export interface Progressing {
  readonly kind: 'progressing';
  readonly done: number;
  readonly total: number;
  /** What follows `2 of 5`: `running, 3 starting`. */
  readonly label: string;
  readonly troubles: readonly TaskTrouble[];
}

/** All is as asked for; what is wanted runs since `since`, and has to go on running until `until`. */
export interface Holding {
  readonly kind: 'holding';
  readonly done: number;
  readonly total: number;
  readonly since: number;
  readonly until: number;
}

export interface Converged {
  readonly kind: 'converged';
  readonly done: number;
  readonly total: number;
  readonly label: string;
  /** Whole sentences: what is left over, or wasn't watched to its end. */
  readonly notes: readonly string[];
}

export interface Failed {
  readonly kind: 'failed';
  readonly why: FailedBecause;
  /** Whole sentences, with the service's name in them. */
  readonly sentence: string;
  readonly troubles: readonly TaskTrouble[];
}

/** Somebody else's change took its place: what was asked for isn't what the Swarm works towards any more. */
export interface Overtaken {
  readonly kind: 'overtaken';
  readonly by: 'change' | 'rollback' | 'removal';
  readonly sentence: string;
}

export type Convergence = Progressing | Holding | Converged | Failed | Overtaken;
