import { homedir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../swarm/failure.ts';

/** Where the configuration says a cluster is; one that names no host is where Docker's own environment says. */
export interface ClusterHost {
  /** `unix:///var/run/docker.sock`, `tcp://10.0.0.5:2376`, `ssh://user@host`. */
  readonly host?: string | undefined;
  /** A directory with ca.pem, cert.pem and key.pem: talk TLS, and prove who we are. */
  readonly certPath?: string | undefined;
}

export type EngineAddress =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'tls'; readonly host: string; readonly port: number; readonly certPath: string }
  | {
      readonly kind: 'ssh';
      readonly host: string;
      readonly user: string | undefined;
      readonly port: number | undefined;
    };

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Finds out where a cluster's engine is. DOCKER_HOST, DOCKER_TLS_VERIFY (anything but empty means yes) and
 * DOCKER_CERT_PATH (default `~/.docker`) mean what they mean to the docker CLI, and only to a cluster that names no
 * host. TLS is spoken exactly when there is a certPath or DOCKER_TLS_VERIFY, and always verified.
 * @throws Failure `input` for a host that can't be understood
 */
export function engineAddress(cluster: string, place: ClusterHost, env: Environment): EngineAddress {
  if (place.host !== undefined) return parseHost(`clusters.${cluster}.host`, place.host, place.certPath);
  const host = env['DOCKER_HOST'] || 'unix:///var/run/docker.sock';
  const envCertPath = env['DOCKER_TLS_VERIFY']
    ? env['DOCKER_CERT_PATH'] || join(env['HOME'] ?? homedir(), '.docker')
    : undefined;
  // DOCKER_TLS_VERIFY says nothing about a socket or ssh, and may stay set beside them.
  const certPath = place.certPath ?? (/^(unix|ssh):/.test(host) ? undefined : envCertPath);
  return parseHost('DOCKER_HOST', host, certPath);
}

/** The address as sentences name it: without a user's name or a password. */
export function addressName(address: EngineAddress): string {
  switch (address.kind) {
    case 'unix':
      return `unix://${address.path}`;
    case 'tcp':
      return `tcp://${bracketed(address.host)}:${address.port}`;
    case 'tls':
      return `tcp://${bracketed(address.host)}:${address.port} with TLS`;
    case 'ssh':
      return `ssh://${bracketed(address.host)}${address.port === undefined ? '' : `:${address.port}`}`;
  }
}

function parseHost(source: string, host: string, certPath: string | undefined): EngineAddress {
  if (certPath !== undefined && /^(unix|ssh):/.test(host)) {
    throw new Failure(
      'input',
      `${source} is a ${host.startsWith('unix') ? 'socket' : 'host behind ssh'}, so certPath means nothing there; expected tcp://HOST:PORT with it.`,
      { example: 'host: tcp://10.0.0.5:2376' },
    );
  }
  if (host.startsWith('unix://')) {
    const path = host.slice('unix://'.length);
    if (!path.startsWith('/')) throw unusable(source);
    return { kind: 'unix', path };
  }
  const url = URL.parse(host.includes('://') ? host : `tcp://${host}`);
  if (url === null || url.hostname === '' || url.search !== '' || url.hash !== '') throw unusable(source);
  if (url.pathname !== '' && url.pathname !== '/') throw unusable(source);
  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? undefined : Number(url.port);
  switch (url.protocol) {
    case 'tcp:':
      if (url.username !== '' || url.password !== '') throw unusable(source);
      return certPath === undefined
        ? { kind: 'tcp', host: hostname, port: port ?? 2375 }
        : { kind: 'tls', host: hostname, port: port ?? 2376, certPath };
    case 'ssh:':
      // A password in a configuration file is a leak; ssh has keys.
      if (url.password !== '') throw unusable(source);
      return { kind: 'ssh', host: hostname, user: decoded(source, url.username) || undefined, port };
    default:
      throw unusable(source);
  }
}

function decoded(source: string, user: string): string {
  try {
    return decodeURIComponent(user);
  } catch {
    throw unusable(source);
  }
}

/** The host itself is left out: it may hold a password. */
function unusable(source: string): Failure {
  return new Failure(
    'input',
    `${source} can't be understood; expected unix:///PATH, tcp://HOST:PORT or ssh://USER@HOST, without a password or a path after the host.`,
    { example: 'host: tcp://10.0.0.5:2376' },
  );
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
