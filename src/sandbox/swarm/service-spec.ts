import { z } from 'zod';

/**
 * What the controllers look at in a service's spec, in the Engine API's own names. Objects are loose, and numbers may be
 * rounded: the text of a `Specification` is what is kept and given back.
 * Source: https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Service
 */
const amount = z.number().nullish();
const words = z.array(z.string()).nullish();
export const Labels = z.record(z.string(), z.string());

const Resources = z.looseObject({ NanoCPUs: amount, MemoryBytes: amount, Pids: amount });

const Mount = z.looseObject({
  Type: z.string().nullish(),
  Source: z.string().nullish(),
  Target: z.string().nullish(),
  ReadOnly: z.boolean().nullish(),
});

const Healthcheck = z.looseObject({ Test: words, Interval: amount, Retries: amount });

const ContainerSpec = z.looseObject({
  Image: z.string().nullish(),
  Labels: Labels.nullish(),
  Command: words,
  Args: words,
  Hostname: z.string().nullish(),
  Env: words,
  Dir: z.string().nullish(),
  User: z.string().nullish(),
  TTY: z.boolean().nullish(),
  Mounts: z.array(Mount).nullish(),
  StopGracePeriod: amount,
  Healthcheck: Healthcheck.nullish(),
  Secrets: z.array(z.looseObject({ SecretID: z.string().nullish() })).nullish(),
  Configs: z.array(z.looseObject({ ConfigID: z.string().nullish() })).nullish(),
});
export type ContainerSpec = z.infer<typeof ContainerSpec>;

const Attachment = z.looseObject({ Target: z.string().nullish() });

export const TaskSpec = z.looseObject({
  ContainerSpec: ContainerSpec.nullish(),
  Resources: z.looseObject({ Limits: Resources.nullish(), Reservations: Resources.nullish() }).nullish(),
  RestartPolicy: z
    .looseObject({ Condition: z.string().nullish(), Delay: amount, MaxAttempts: amount, Window: amount })
    .nullish(),
  Placement: z
    .looseObject({
      Constraints: words,
      Preferences: z
        .array(z.looseObject({ Spread: z.looseObject({ SpreadDescriptor: z.string() }).nullish() }))
        .nullish(),
      MaxReplicas: amount,
      Platforms: z
        .array(z.looseObject({ OS: z.string().nullish(), Architecture: z.string().nullish() }))
        .nullish(),
    })
    .nullish(),
  Networks: z.array(Attachment).nullish(),
  LogDriver: z.looseObject({ Name: z.string().nullish() }).nullish(),
  ForceUpdate: amount,
  Runtime: z.string().nullish(),
});
export type TaskSpec = z.infer<typeof TaskSpec>;

export const UpdateConfig = z.looseObject({
  Parallelism: amount,
  Delay: amount,
  FailureAction: z.string().nullish(),
  Monitor: amount,
  MaxFailureRatio: amount,
  Order: z.string().nullish(),
});
export type UpdateConfig = z.infer<typeof UpdateConfig>;

const Port = z.looseObject({
  Name: z.string().nullish(),
  Protocol: z.string().nullish(),
  TargetPort: amount,
  PublishedPort: amount,
  PublishMode: z.string().nullish(),
});
export type Port = z.infer<typeof Port>;

const Mode = z.looseObject({
  Replicated: z.looseObject({ Replicas: amount }).nullish(),
  Global: z.looseObject({}).nullish(),
  ReplicatedJob: z.looseObject({ MaxConcurrent: amount, TotalCompletions: amount }).nullish(),
  GlobalJob: z.looseObject({}).nullish(),
});

export const ServiceSpec = z.looseObject({
  Name: z.string(),
  Labels: Labels.nullish(),
  TaskTemplate: TaskSpec,
  Mode: Mode.nullish(),
  UpdateConfig: UpdateConfig.nullish(),
  RollbackConfig: UpdateConfig.nullish(),
  Networks: z.array(Attachment).nullish(),
  EndpointSpec: z.looseObject({ Mode: z.string().nullish(), Ports: z.array(Port).nullish() }).nullish(),
});
export type ServiceSpec = z.infer<typeof ServiceSpec>;

export type ServiceMode =
  | { readonly kind: 'replicated'; readonly replicas: number }
  | { readonly kind: 'global' }
  | { readonly kind: 'replicated-job'; readonly concurrent: number; readonly completions: number }
  | { readonly kind: 'global-job' };

export function modeOf({ Mode }: ServiceSpec): ServiceMode {
  if (Mode?.Global) return { kind: 'global' };
  if (Mode?.GlobalJob) return { kind: 'global-job' };
  if (Mode?.ReplicatedJob) {
    const concurrent = Mode.ReplicatedJob.MaxConcurrent ?? 1;
    return {
      kind: 'replicated-job',
      concurrent,
      completions: Mode.ReplicatedJob.TotalCompletions ?? concurrent,
    };
  }
  return { kind: 'replicated', replicas: Mode?.Replicated?.Replicas ?? 1 };
}

export function isJob(spec: ServiceSpec): boolean {
  return modeOf(spec).kind.endsWith('-job');
}
