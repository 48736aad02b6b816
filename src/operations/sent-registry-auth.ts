import type { Engine } from '../engine/engine.ts';
import type { ChangeWords } from '../swarm/change-words.ts';
import { Failure } from '../swarm/failure.ts';
import { registryOf } from '../swarm/registry-auth.ts';
import type { Service } from '../swarm/service.ts';

/** The credentials that go into a service with an update, for its nodes to pull with. */
export interface SentRegistryAuth {
  /** The image whose registry they are for. */
  readonly image: string;
  /** There are some. If not, the service loses those that it has, as by the CLI. */
  readonly known: boolean;
}

/**
 * What `--with-registry-auth` sends: the credentials for the registry of the image that the service is to run. A registry that
 * has just shown the image without any needs none.
 * @param shown the registry was asked about the image, and had it
 * @throws Failure `input` when there are none, and the service may need those that it has
 */
export function sentRegistryAuth(
  image: string,
  shown: boolean,
  { Spec }: Service,
  engine: Engine,
): SentRegistryAuth {
  const known = engine.hasRegistryAuth(image);
  if (known || shown) return { image, known };
  throw new Failure(
    'input',
    `Shipmate has no credentials for ${registryName(image)}, and --with-registry-auth would take away those that ${Spec.Name} has: leave it out. Shipmate’s come from the config.json in DOCKER_CONFIG.`,
  );
}

/** The engine tells nobody which credentials a service has. */
export function sentAuthWords({ image, known }: SentRegistryAuth): ChangeWords {
  const after = known ? `Shipmate’s for ${registryName(image)}` : 'none';
  return { setting: 'registry credentials', before: 'its own', after };
}

/**
 * What to try when nodes can't pull an image with the credentials that their service has; undefined when Shipmate has no
 * others. Nodes say the same of an image that isn't there, one that they may not see, and a registry that is unreachable.
 */
export function pullAdvice(image: string, engine: Engine): string | undefined {
  if (!engine.hasRegistryAuth(image)) return undefined;
  return `If its nodes lack credentials for ${registryName(image)}: --with-registry-auth gives the service Shipmate’s.`;
}

/**
 * Nodes show a service's credentials to whatever registry its image comes from, when it asks: seen on 20.10 and 28.5.
 * Source: moby daemon/cluster/executor/container/adapter.go, pullImage, and distribution/registry.go, newRepository.
 */
export function movedRegistryWarnings(name: string, before: string, after: string): readonly string[] {
  const [from, to] = [registryName(before), registryName(after)];
  if (from === to) return [];
  return [
    `The image comes from another registry than before, ${to} and not ${from}. If ${name} has credentials, its nodes show them to ${to} when it asks.`,
  ];
}

function registryName(image: string): string {
  return registryOf(image) ?? image;
}
