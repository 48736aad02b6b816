import { z } from 'zod';
import { TaskSpec } from './service.ts';

/**
 * A task as the Engine API gives it (`GET /tasks`). `Slot` is 0 or absent for tasks of global services.
 * `State` and `DesiredState`, in order: new, allocated, pending, assigned, accepted, preparing, ready, starting,
 * running, complete, shutdown, failed, rejected; then orphaned and remove.
 * Source: https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Task
 */
export const Task = z.looseObject({
  ID: z.string(),
  Version: z.looseObject({ Index: z.number() }),
  CreatedAt: z.string().nullish(),
  UpdatedAt: z.string().nullish(),
  Name: z.string().nullish(),
  Spec: TaskSpec,
  ServiceID: z.string().nullish(),
  Slot: z.number().nullish(),
  NodeID: z.string().nullish(),
  DesiredState: z.string(),
  Status: z.looseObject({
    Timestamp: z.string().nullish(),
    State: z.string(),
    Message: z.string().nullish(),
    Err: z.string().nullish(),
    ContainerStatus: z
      .looseObject({ ContainerID: z.string().nullish(), ExitCode: z.number().nullish() })
      .nullish(),
    PortStatus: z
      .looseObject({
        Ports: z
          .array(
            z.looseObject({
              Protocol: z.string().nullish(),
              TargetPort: z.number().nullish(),
              PublishedPort: z.number().nullish(),
              PublishMode: z.string().nullish(),
            }),
          )
          .nullish(),
      })
      .nullish(),
  }),
  JobIteration: z.looseObject({ Index: z.number().nullish() }).nullish(),
});
export type Task = z.infer<typeof Task>;
