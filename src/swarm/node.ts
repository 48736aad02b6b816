import { z } from 'zod';

/** What people set of a node. It is written whole, so fields that this doesn't name stay, as with a service's. */
export const NodeSpec = z.looseObject({
  Name: z.string().nullish(),
  Labels: z.record(z.string(), z.string()).nullish(),
  Role: z.string(),
  Availability: z.string(),
});
export type NodeSpec = z.infer<typeof NodeSpec>;

/**
 * A node as the Engine API gives it (`GET /nodes`). `Availability`: active, pause, drain. `Status.State`: ready,
 * down, disconnected, unknown. `ManagerStatus` is there for managers alone.
 * Source: https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Node
 */
export const Node = z.looseObject({
  ID: z.string(),
  Version: z.looseObject({ Index: z.number() }),
  CreatedAt: z.string().nullish(),
  UpdatedAt: z.string().nullish(),
  Spec: NodeSpec,
  Description: z.looseObject({
    Hostname: z.string().nullish(),
    Platform: z.looseObject({ Architecture: z.string().nullish(), OS: z.string().nullish() }).nullish(),
    Resources: z.looseObject({ NanoCPUs: z.number().nullish(), MemoryBytes: z.number().nullish() }).nullish(),
    Engine: z
      .looseObject({
        EngineVersion: z.string().nullish(),
        Labels: z.record(z.string(), z.string()).nullish(),
        Plugins: z.array(z.looseObject({ Type: z.string().nullish(), Name: z.string().nullish() })).nullish(),
      })
      .nullish(),
    TLSInfo: z.looseObject({ TrustRoot: z.string().nullish() }).nullish(),
  }),
  Status: z.looseObject({
    State: z.string(),
    Message: z.string().nullish(),
    Addr: z.string().nullish(),
  }),
  ManagerStatus: z
    .looseObject({
      Leader: z.boolean().nullish(),
      Reachability: z.string().nullish(),
      Addr: z.string().nullish(),
    })
    .nullish(),
});
export type Node = z.infer<typeof Node>;
