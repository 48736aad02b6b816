import { serviceTarget } from '../swarm/service-target.ts';
import type { Service } from '../swarm/service.ts';
import type { Answer } from './answer.ts';
import { hiddenNote } from './listing.ts';
import type { ReadTools, Touches } from './operation.ts';
import { missingNotes, resolveReferences } from './resolve-references.ts';

type Look = Pick<ReadTools, 'engine' | 'signal'>;

/** What a command line that names services touches. @throws EngineFailure when none of them is there. */
export async function touchedServices(references: readonly string[], tools: Look): Promise<Touches> {
  const { found } = await look(references, tools);
  return { kind: 'some', targets: found.map((service) => serviceTarget(tools.engine.cluster, service)) };
}

/**
 * The services that a command line names, and notes on those that are missing. They are asked for anew: labels, and
 * with them what is granted, may have moved since the targets were authorized.
 */
export async function namedServices(
  references: readonly string[],
  tools: Look & Pick<ReadTools, 'visible'>,
): Promise<{ readonly services: readonly Service[]; readonly notes: Answer }> {
  const { found, missing } = await look(references, tools);
  const services = found.filter((service) => tools.visible(serviceTarget(tools.engine.cluster, service)));
  return {
    services,
    notes: [...missingNotes(missing), ...hiddenNote('service', found.length - services.length)],
  };
}

function look(references: readonly string[], { engine, signal }: Look) {
  return resolveReferences(references, (reference) => engine.service(reference, { signal }));
}
