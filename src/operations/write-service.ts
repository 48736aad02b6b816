import type { Engine } from '../engine/engine.ts';
import type { Service } from '../swarm/service.ts';
import type { Pace } from './pace.ts';
import { type SpecWrite, type WrittenSpec, writeSpec } from './write-spec.ts';

/** One change to a service's spec. */
export interface ServiceWrite extends SpecWrite<Service> {
  readonly id: string;
  /** Ask the Swarm to go back to the service's previous spec; what `change` gives counts for nothing. */
  readonly rollback?: true;
  /** As in `UpdateServiceRequest`: it is sent also where a spec holds all that is asked for. */
  readonly registryAuthFor?: string | undefined;
}

export type Written = WrittenSpec<Service>;

export interface WriteTools extends Pace {
  readonly engine: Engine;
  readonly signal: AbortSignal;
}

/** Changes a service's spec, and nothing else of it, as `writeSpec` does. */
export function writeService(write: ServiceWrite, tools: WriteTools): Promise<Written> {
  const { engine, signal } = tools;
  const { registryAuthFor } = write;
  const more = {
    ...(write.rollback === true ? { rollback: true as const } : {}),
    ...(registryAuthFor === undefined ? {} : { registryAuthFor }),
  };
  return writeSpec(
    { ...write, always: registryAuthFor !== undefined },
    {
      read: () => engine.service(write.id, { signal }),
      send: (update) => engine.updateService({ ...update, ...more }, { signal }),
      previous: ({ PreviousSpec }) => PreviousSpec,
    },
    tools,
  );
}
