import type { RegistryAuth } from '../swarm/registry-auth.ts';
import type { ServiceSpec } from '../swarm/service.ts';
import { registryAuthHeader } from './registry-auth-header.ts';

/** What is sent to an engine. */
interface Sent {
  readonly spec?: ServiceSpec;
  readonly auth?: RegistryAuth | undefined;
}

/**
 * What is secret of it, or may be, should an engine quote it: the values of the environment, and the credentials in each
 * form that they take on their way. Longest first.
 */
export function secretsOf({ spec, auth }: Sent): readonly string[] {
  const env = spec?.TaskTemplate.ContainerSpec?.Env ?? [];
  const values = env.map((line) => line.slice(line.indexOf('=') + 1));
  const secrets = [...values, ...(auth === undefined ? [] : formsOf(auth))];
  // Shorter ones would mask half of every sentence, and aren't worth much.
  return secrets.filter((secret) => secret.length >= 4).toSorted((a, b) => b.length - a.length);
}

function formsOf(auth: RegistryAuth): readonly string[] {
  const { username = '', password = '', identitytoken = '', registrytoken = '' } = auth;
  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  return [registryAuthHeader(auth), basic, password, identitytoken, registrytoken];
}
