import type { EngineInfo, EngineVersion } from '../swarm/cluster.ts';
import { Failure, type FailureDetail, type FailureKind } from '../swarm/failure.ts';
import type { ImageDistribution } from '../swarm/image-digest.ts';
import type { LogEntry } from '../swarm/log-entry.ts';
import type { Node, NodeSpec } from '../swarm/node.ts';
import type { Service, ServiceSpec } from '../swarm/service.ts';
import type { Task } from '../swarm/task.ts';

/** Engine API filters: `{ name: ['web'], label: ['tier=front'] }`. */
export type Filters = Readonly<Record<string, readonly string[]>>;

export interface CallOptions {
  /** Aborts the call. A call always has a deadline besides. */
  readonly signal?: AbortSignal;
}

export interface UpdateServiceRequest {
  readonly id: string;
  /** `Version.Index` of the service that `spec` was read from. */
  readonly version: number;
  /** The whole spec, as it was read, with what was asked for changed. */
  readonly spec: ServiceSpec;
  /** Go back to the previous spec instead; `spec` is the one of now, and counts for nothing. */
  readonly rollback?: true;
  /**
   * Give the service the credentials that there are for this image's registry, or none where there are none. Without it the
   * service keeps those that it has.
   */
  readonly registryAuthFor?: string;
}

interface UpdateNodeRequest {
  readonly id: string;
  /** `Version.Index` of the node that `spec` was read from. */
  readonly version: number;
  /** The whole spec, as it was read, with what was asked for changed. */
  readonly spec: NodeSpec;
}

export interface LogQuery {
  readonly of: 'service' | 'task';
  readonly id: string;
  /** Newest lines of each task, of those that have ended as well. */
  readonly tail: number | 'all';
  /** Milliseconds since 1970. */
  readonly since?: number | undefined;
  /** Goes on with what is written from now on. */
  readonly follow: boolean;
  /** Milliseconds for all of it: a node that is gone can keep a log from ending (moby#33183). */
  readonly within: number;
}

/**
 * One cluster, as the operations see it: a manager's Engine API. Every method throws `EngineFailure`.
 * References (`service('web')`) match as the daemon matches: id, exact name, then id prefix.
 */
export interface Engine {
  /** The cluster's name in the configuration. */
  readonly cluster: string;
  info(options?: CallOptions): Promise<EngineInfo>;
  version(options?: CallOptions): Promise<EngineVersion>;
  /** With `ServiceStatus` (`status=true`). */
  services(filters?: Filters, options?: CallOptions): Promise<readonly Service[]>;
  service(reference: string, options?: CallOptions): Promise<Service>;
  /** @returns the daemon's warnings. @throws EngineFailure with reason `out-of-sequence` when the version moved. */
  updateService(request: UpdateServiceRequest, options?: CallOptions): Promise<readonly string[]>;
  /** Are there credentials for the registry that an image comes from? */
  hasRegistryAuth(image: string): boolean;
  /**
   * What the registry has under an image reference: the engine asks it, with the credentials that there are for it.
   * @throws EngineFailure `not-found` when it knows no such image, `rejected` when it doesn't let the engine see it,
   * `unreachable` or `timed-out` when the registry is.
   */
  imageDigest(reference: string, options?: CallOptions): Promise<ImageDistribution>;
  tasks(filters?: Filters, options?: CallOptions): Promise<readonly Task[]>;
  nodes(filters?: Filters, options?: CallOptions): Promise<readonly Node[]>;
  /** `self` is the node that the engine itself is. */
  node(reference: string, options?: CallOptions): Promise<Node>;
  /**
   * Lines as the engine sends them, as fast as they are taken: in order within a task, in none across tasks. Memory is
   * bounded, however long the log and its lines are.
   * @throws EngineFailure while it is read, also after lines: `timed-out` when it hasn't ended within its time.
   */
  logs(query: LogQuery, options?: CallOptions): AsyncIterable<LogEntry>;
  /** @throws EngineFailure with reason `out-of-sequence` when the version moved. */
  updateNode(request: UpdateNodeRequest, options?: CallOptions): Promise<void>;
}

/** The clusters of the configuration, by name. */
export interface Engines {
  /** @throws Failure `not-found`, naming the clusters that there are. */
  get(cluster: string): Engine;
}

/** Something that was named and isn't there: `{ kind: 'service', reference: 'web' }`. */
export interface AbsentThing {
  readonly kind: string;
  readonly reference: string;
}

/** What an engine's refusal or silence means: refusal.ts and broken-exchange-failure.ts say which is which. */
export type EngineReason =
  | 'not-found'
  | 'ambiguous'
  | 'not-a-manager'
  | 'no-leader'
  | 'out-of-sequence'
  | 'conflict'
  | 'rejected'
  | 'unreachable'
  | 'timed-out'
  | 'aborted'
  | 'garbled';

export class EngineFailure extends Failure {
  override readonly name = 'EngineFailure';
  readonly reason: EngineReason;
  /**
   * True when the engine may have carried the call out although no answer came: a write that timed out or was cut off.
   */
  readonly uncertain: boolean;
  /** What was named and isn't there. */
  readonly absent: AbsentThing | undefined;

  constructor(
    kind: FailureKind,
    reason: EngineReason,
    message: string,
    detail: FailureDetail & { readonly uncertain?: boolean; readonly absent?: AbsentThing } = {},
  ) {
    super(kind, message, detail);
    this.reason = reason;
    this.uncertain = detail.uncertain ?? false;
    this.absent = detail.absent;
  }
}
