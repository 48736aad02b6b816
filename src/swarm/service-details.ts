import { z } from 'zod';

const text = z.string().nullish();
const number = z.number().nullish();

/**
 * Fields of a task template that are only ever shown. They are apart from `TaskSpec` so that an engine that changes one
 * of them can't make a service unreadable: what doesn't fit is taken as absent.
 */
export const ServiceDetails = z.object({
  ContainerSpec: z
    .object({
      Dir: text,
      User: text,
      Init: z.boolean().nullish(),
      CapabilityAdd: z.array(z.string()).nullish(),
      CapabilityDrop: z.array(z.string()).nullish(),
      Sysctls: z.record(z.string(), z.string()).nullish(),
      Ulimits: z.array(z.object({ Name: text, Soft: number, Hard: number })).nullish(),
      Mounts: z.array(z.object({ ReadOnly: z.boolean().nullish() })).nullish(),
      Configs: z.array(z.object({ File: z.object({ Name: text }).nullish() })).nullish(),
      Secrets: z.array(z.object({ File: z.object({ Name: text }).nullish() })).nullish(),
      Healthcheck: z
        .object({
          Test: z.array(z.string()).nullish(),
          Interval: number,
          Timeout: number,
          StartPeriod: number,
          Retries: number,
        })
        .nullish(),
    })
    .nullish()
    .catch(null),
  LogDriver: z
    .object({ Name: text, Options: z.record(z.string(), z.string()).nullish() })
    .nullish()
    .catch(null),
  Placement: z
    .object({
      Preferences: z
        .array(z.object({ Spread: z.object({ SpreadDescriptor: z.string() }).nullish() }))
        .nullish(),
    })
    .nullish()
    .catch(null),
});
export type ServiceDetails = z.infer<typeof ServiceDetails>;
