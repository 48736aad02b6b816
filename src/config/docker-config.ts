import { z } from 'zod';
import { hostOf, hubKey, type RegistryAuth, type RegistryAuths } from '../swarm/registry-auth.ts';
import { formatPath, type Path, type Problem } from './problem.ts';

export type ParsedDockerConfig =
  { readonly auths: RegistryAuths } | { readonly problems: readonly Problem[] };

const text = z.string().default('');
const Entry = z.looseObject({
  auth: text,
  username: text,
  password: text,
  identitytoken: text,
  registrytoken: text,
});
const DockerConfig = z.looseObject({
  auths: z.record(z.string(), Entry).nullish(),
  credsStore: z.string().nullish(),
  credHelpers: z.record(z.string(), z.string()).nullish(),
});

/** The names that Docker Hub goes by, and `docker login` doesn't use. */
const hubHosts = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io', 'hub.docker.com']);

/**
 * Reads the credentials for registries out of the docker CLI's config.json: all of them are right, or every mistake is told,
 * and nothing of what they say. What else is in the file means nothing here.
 * Source: docker/cli v28 cli/config/configfile/file.go.
 * @param source what the file is called in the mistakes
 */
export function parseDockerConfig(source: string, json: string): ParsedDockerConfig {
  const problems: Problem[] = [];
  const tell = (path: Path, message: string) => {
    problems.push({ source, path: formatPath(path), message });
  };
  const parsed = DockerConfig.safeParse(valueOf(json));
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) tell(path.map(String), shapeMistake(message));
    return { problems };
  }
  const { auths, credsStore, credHelpers } = parsed.data;
  if (credsStore) tell(['credsStore'], helperMistake);
  for (const registry of Object.keys(credHelpers ?? {})) tell(['credHelpers', registry], helperMistake);
  const found = Object.entries(auths ?? {}).map(([key, entry]) => {
    const at = ['auths', key];
    if (hubHosts.has(hostOf(key)) && !key.startsWith(hubKey)) {
      tell(at, `docker login calls Docker Hub ${hubKey}, and nothing is looked for under this name`);
    }
    return [key, authOf(key, entry, (message) => tell(at, message))] as const;
  });
  return problems.length > 0 ? { problems } : { auths: new Map(found) };
}

const helperMistake =
  'Shipmate runs no helper programs, so credentials that they keep can’t be had; expected the credentials themselves in auths';

/** @returns undefined for what isn't JSON. The parser's own words would quote it. */
function valueOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** zod's words tell types alone. */
function shapeMistake(message: string): string {
  return message.endsWith('received undefined')
    ? 'this is not JSON; expected what docker login writes, as in {"auths": {…}}'
    : message.replace(/^Invalid input: /, '');
}

function authOf(
  serveraddress: string,
  { auth, ...entry }: z.infer<typeof Entry>,
  tell: (message: string) => void,
): RegistryAuth {
  const decoded = auth === '' ? entry : decodedAuth(auth);
  if (decoded === undefined) {
    tell('auth is not the base64 of USER:PASSWORD');
    return { serveraddress };
  }
  const { username, password } = decoded;
  const { identitytoken, registrytoken } = entry;
  if (identitytoken === '' && registrytoken === '' && (username === '' || password === '')) {
    tell('there are no credentials in it; expected auth, username and password, or identitytoken');
  }
  return {
    ...(username === '' ? {} : { username }),
    ...(password === '' ? {} : { password }),
    serveraddress,
    ...(identitytoken === '' ? {} : { identitytoken }),
    ...(registrytoken === '' ? {} : { registrytoken }),
  };
}

function decodedAuth(auth: string): { readonly username: string; readonly password: string } | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(auth)) return undefined;
  const [, username, password] = /^([^:]+):(.*)$/s.exec(Buffer.from(auth, 'base64').toString()) ?? [];
  if (username === undefined || password === undefined) return undefined;
  return { username, password: password.replaceAll(/^\0+|\0+$/g, '') };
}
