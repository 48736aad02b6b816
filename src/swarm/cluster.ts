import { z } from 'zod';

/** What `GET /info` says of an engine and of its Swarm; join tokens are not in it. Memory is bytes. */
export const EngineInfo = z.looseObject({
  ID: z.string().nullish(),
  Name: z.string().nullish(),
  ServerVersion: z.string().nullish(),
  OperatingSystem: z.string().nullish(),
  KernelVersion: z.string().nullish(),
  OSType: z.string().nullish(),
  Architecture: z.string().nullish(),
  NCPU: z.number().nullish(),
  MemTotal: z.number().nullish(),
  Containers: z.number().nullish(),
  ContainersRunning: z.number().nullish(),
  ContainersPaused: z.number().nullish(),
  ContainersStopped: z.number().nullish(),
  Images: z.number().nullish(),
  Driver: z.string().nullish(),
  LoggingDriver: z.string().nullish(),
  Labels: z.array(z.string()).nullish(),
  Warnings: z.array(z.string()).nullish(),
  Swarm: z
    .looseObject({
      NodeID: z.string().nullish(),
      NodeAddr: z.string().nullish(),
      LocalNodeState: z.string().nullish(),
      ControlAvailable: z.boolean().nullish(),
      Error: z.string().nullish(),
      Nodes: z.number().nullish(),
      Managers: z.number().nullish(),
      Cluster: z.looseObject({ ID: z.string().nullish(), CreatedAt: z.string().nullish() }).nullish(),
    })
    .nullish(),
});
export type EngineInfo = z.infer<typeof EngineInfo>;

/** What `GET /version` says of an engine. */
export const EngineVersion = z.looseObject({
  Version: z.string(),
  ApiVersion: z.string(),
  MinAPIVersion: z.string().nullish(),
  GitCommit: z.string().nullish(),
  GoVersion: z.string().nullish(),
  Os: z.string().nullish(),
  Arch: z.string().nullish(),
  KernelVersion: z.string().nullish(),
  BuildTime: z.string().nullish(),
  Platform: z.looseObject({ Name: z.string().nullish() }).nullish(),
  Components: z
    .array(
      z.looseObject({
        Name: z.string(),
        Version: z.string().nullish(),
        Details: z.record(z.string(), z.unknown()).nullish(),
      }),
    )
    .nullish(),
});
export type EngineVersion = z.infer<typeof EngineVersion>;
