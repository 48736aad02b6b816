import type { RegistryAuth } from '../swarm/registry-auth.ts';

/**
 * X-Registry-Auth: JSON in base64url, padded, as engines demand it. Without credentials it says that there are none.
 * Source: docker/cli v28 cli/command/registry.go, RetrieveAuthTokenFromImage.
 */
export function registryAuthHeader(auth: RegistryAuth | undefined): string {
  const { username, password, serveraddress, identitytoken, registrytoken } = auth ?? {};
  const json = JSON.stringify({ username, password, serveraddress, identitytoken, registrytoken });
  return Buffer.from(json).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}
