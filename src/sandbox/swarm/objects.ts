import type { Port, TaskSpec } from './service-spec.ts';
import type { Specification } from './specification.ts';
import type { Meta } from './table.ts';
import type { TaskState } from './task-state.ts';

/** What a Swarm's store holds, in the Engine API's own names. Times are milliseconds since 1970. */

type UpdateState =
  'updating' | 'paused' | 'completed' | 'rollback_started' | 'rollback_paused' | 'rollback_completed';

export interface UpdateStatus {
  readonly State: UpdateState;
  readonly StartedAt: number;
  readonly CompletedAt?: number;
  readonly Message: string;
}

export interface VirtualIP {
  readonly NetworkID: string;
  readonly Addr: string;
}

export interface Service extends Meta {
  readonly Specification: Specification;
  /** Of the store when the spec came in: tasks made of the same spec bear the same. */
  readonly SpecVersion: number;
  readonly Previous: { readonly Specification: Specification; readonly SpecVersion: number } | undefined;
  readonly UpdateStatus: UpdateStatus | undefined;
  /** The ports as they are published, those that the Swarm chose included. */
  readonly Ports: readonly Port[];
  readonly VirtualIPs: readonly VirtualIP[];
  readonly JobStatus: { readonly Iteration: number; readonly LastExecution: number } | undefined;
}

export interface ContainerStatus {
  readonly ContainerID: string;
  readonly PID: number;
  readonly ExitCode: number;
}

export interface TaskStatus {
  readonly Timestamp: number;
  readonly State: TaskState;
  readonly Message: string;
  readonly Err?: string;
  readonly ContainerStatus?: ContainerStatus;
}

export interface Address {
  readonly NetworkID: string;
  /** With the length of the network's prefix: `10.0.0.5/24`. */
  readonly Addr: string;
}

export interface Task extends Meta {
  readonly ServiceID: string;
  /** 0 for a task of a global service. */
  readonly Slot: number;
  /** Empty until it is assigned. */
  readonly NodeID: string;
  readonly Spec: TaskSpec;
  readonly SpecText: string;
  readonly EndpointText: string;
  readonly SpecVersion: number;
  readonly Ports: readonly Port[];
  readonly Status: TaskStatus;
  readonly DesiredState: TaskState;
  readonly JobIteration: number | undefined;
  readonly Addresses: readonly Address[];
}

export interface NodeSpec {
  readonly Name?: string | undefined;
  readonly Labels: Readonly<Record<string, string>>;
  readonly Role: 'manager' | 'worker';
  readonly Availability: 'active' | 'pause' | 'drain';
}

export interface SwarmNode extends Meta {
  readonly Spec: NodeSpec;
  readonly Hostname: string;
  readonly Platform: { readonly Architecture: string; readonly OS: string };
  readonly Resources: { readonly NanoCPUs: number; readonly MemoryBytes: number };
  readonly EngineLabels: Readonly<Record<string, string>>;
  readonly Status: {
    readonly State: 'ready' | 'down' | 'unknown';
    readonly Addr: string;
    readonly Message?: string;
  };
  readonly ManagerStatus:
    { readonly Leader: boolean; readonly Reachability: 'reachable' | 'unreachable' } | undefined;
}

export interface Network extends Meta {
  readonly Name: string;
  readonly Labels: Readonly<Record<string, string>>;
  readonly Driver: string;
  readonly Ingress: boolean;
  readonly Attachable: boolean;
  readonly Internal: boolean;
  /** `10.0.1.0/24` */
  readonly Subnet: string;
  readonly Gateway: string;
  readonly VxlanID: number;
}

/** A secret or a config. `Data` is base64. */
export interface Keepsake extends Meta {
  readonly Name: string;
  readonly Labels: Readonly<Record<string, string>>;
  readonly Data: string;
}
