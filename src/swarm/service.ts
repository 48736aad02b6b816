import { z } from 'zod';

/**
 * A service as the Engine API gives it (`GET /services`), in the API's own names.
 * Every object is loose: fields that these schemas don't name survive a read and a write, because an
 * update replaces the whole spec. Schemas never transform, default or coerce, for the same reason.
 * Source: https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Service
 */
const labels = z.record(z.string(), z.string());

/** Durations are nanoseconds. */
export const UpdateConfig = z.looseObject({
  Parallelism: z.number().nullish(),
  Delay: z.number().nullish(),
  FailureAction: z.string().nullish(),
  Monitor: z.number().nullish(),
  MaxFailureRatio: z.number().nullish(),
  Order: z.string().nullish(),
});
export type UpdateConfig = z.infer<typeof UpdateConfig>;

const ContainerSpec = z.looseObject({
  Image: z.string().nullish(),
  Labels: labels.nullish(),
  Command: z.array(z.string()).nullish(),
  Args: z.array(z.string()).nullish(),
  Env: z.array(z.string()).nullish(),
  Mounts: z
    .array(
      z.looseObject({
        Type: z.string().nullish(),
        Source: z.string().nullish(),
        Target: z.string().nullish(),
      }),
    )
    .nullish(),
  Secrets: z.array(z.looseObject({ SecretName: z.string().nullish() })).nullish(),
  Configs: z.array(z.looseObject({ ConfigName: z.string().nullish() })).nullish(),
});

/** NanoCPUs are billionths of a CPU; MemoryBytes are bytes. */
const ResourceAmounts = z.looseObject({
  NanoCPUs: z.number().nullish(),
  MemoryBytes: z.number().nullish(),
  Pids: z.number().nullish(),
});

const NetworkAttachment = z.looseObject({
  Target: z.string().nullish(),
  Aliases: z.array(z.string()).nullish(),
});

export const TaskSpec = z.looseObject({
  ContainerSpec: ContainerSpec.nullish(),
  Resources: z
    .looseObject({ Limits: ResourceAmounts.nullish(), Reservations: ResourceAmounts.nullish() })
    .nullish(),
  RestartPolicy: z
    .looseObject({
      Condition: z.string().nullish(),
      Delay: z.number().nullish(),
      MaxAttempts: z.number().nullish(),
      Window: z.number().nullish(),
    })
    .nullish(),
  Placement: z
    .looseObject({
      Constraints: z.array(z.string()).nullish(),
      Preferences: z.array(z.looseObject({})).nullish(),
      MaxReplicas: z.number().nullish(),
      Platforms: z
        .array(z.looseObject({ OS: z.string().nullish(), Architecture: z.string().nullish() }))
        .nullish(),
    })
    .nullish(),
  Networks: z.array(NetworkAttachment).nullish(),
  ForceUpdate: z.number().nullish(),
  Runtime: z.string().nullish(),
});
export type TaskSpec = z.infer<typeof TaskSpec>;

/** One published port; `PublishMode` is `ingress` (the default) or `host`. */
export const PortConfig = z.looseObject({
  Protocol: z.string().nullish(),
  TargetPort: z.number().nullish(),
  PublishedPort: z.number().nullish(),
  PublishMode: z.string().nullish(),
});
export type PortConfig = z.infer<typeof PortConfig>;

/** Exactly one of the four is set. */
export const ServiceMode = z.looseObject({
  Replicated: z.looseObject({ Replicas: z.number().nullish() }).nullish(),
  Global: z.looseObject({}).nullish(),
  ReplicatedJob: z
    .looseObject({ MaxConcurrent: z.number().nullish(), TotalCompletions: z.number().nullish() })
    .nullish(),
  GlobalJob: z.looseObject({}).nullish(),
});
export type ServiceMode = z.infer<typeof ServiceMode>;

export const ServiceSpec = z.looseObject({
  Name: z.string(),
  Labels: labels.nullish(),
  TaskTemplate: TaskSpec,
  Mode: ServiceMode.nullish(),
  UpdateConfig: UpdateConfig.nullish(),
  RollbackConfig: UpdateConfig.nullish(),
  Networks: z.array(NetworkAttachment).nullish(),
  EndpointSpec: z.looseObject({ Mode: z.string().nullish(), Ports: z.array(PortConfig).nullish() }).nullish(),
});
export type ServiceSpec = z.infer<typeof ServiceSpec>;

/** Times are RFC 3339. `State`: updating, paused, completed, rollback_started, rollback_paused, rollback_completed. */
const UpdateStatus = z.looseObject({
  State: z.string().nullish(),
  StartedAt: z.string().nullish(),
  CompletedAt: z.string().nullish(),
  Message: z.string().nullish(),
});

export const Service = z.looseObject({
  ID: z.string(),
  Version: z.looseObject({ Index: z.number() }),
  CreatedAt: z.string().nullish(),
  UpdatedAt: z.string().nullish(),
  Spec: ServiceSpec,
  PreviousSpec: ServiceSpec.nullish(),
  Endpoint: z.looseObject({ Ports: z.array(PortConfig).nullish() }).nullish(),
  UpdateStatus: UpdateStatus.nullish(),
  /** Only in lists asked for with `status=true`, API 1.41 on. */
  ServiceStatus: z
    .looseObject({ RunningTasks: z.number(), DesiredTasks: z.number(), CompletedTasks: z.number().nullish() })
    .nullish(),
  JobStatus: z
    .looseObject({
      JobIteration: z.looseObject({ Index: z.number().nullish() }).nullish(),
      LastExecution: z.string().nullish(),
    })
    .nullish(),
});
export type Service = z.infer<typeof Service>;
