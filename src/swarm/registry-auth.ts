import { parseImageReference } from './image-reference.ts';

/**
 * What proves to a registry who asks, in the Engine API's names.
 * Source: https://docs.docker.com/reference/api/engine/version/v1.51/#section/Authentication
 */
export interface RegistryAuth {
  readonly username?: string;
  readonly password?: string;
  readonly serveraddress: string;
  readonly identitytoken?: string;
  readonly registrytoken?: string;
}

/** By the keys that `docker login` gives them in its config.json. */
export type RegistryAuths = ReadonlyMap<string, RegistryAuth>;

/** What `docker login` calls Docker Hub. */
export const hubKey = 'https://index.docker.io/v1/';

/** The registry that an image comes from, as people and `docker login` know it; undefined for what is no image. */
export function registryOf(image: string): string | undefined {
  return parseImageReference(image)?.domain;
}

/**
 * The credentials for the registry of an image, found as the docker CLI finds them: Docker Hub's under its one key, others'
 * under their name, and else under the URL of an older `docker login`.
 * Source: docker/cli v28 cli/command/registry.go, getAuthConfigKey, and cli/config/credentials/file_store.go, Get.
 */
export function authFor(auths: RegistryAuths, image: string): RegistryAuth | undefined {
  const registry = registryOf(image);
  if (registry === undefined) return undefined;
  const key = registry === 'docker.io' ? hubKey : registry;
  return auths.get(key) ?? [...auths].find(([other]) => hostOf(other) === key)?.[1];
}

/** `registry.example.com:5000` of `https://registry.example.com:5000/v1/`. */
export function hostOf(key: string): string {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/]*)/i.exec(key)?.[1] ?? key;
}
