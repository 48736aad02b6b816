import { homedir } from 'node:os';
import { join } from 'node:path';
import { type EngineHost, parseEngineHost } from '../swarm/engine-host.ts';
import { Failure } from '../swarm/failure.ts';

/** Where the configuration says a cluster is; one that names no host is where Docker's own environment says. */
export interface ClusterHost {
  /** `unix:///var/run/docker.sock`, `tcp://10.0.0.5:2376`, `ssh://user@host`. */
  readonly host?: string | undefined;
  /** A directory with ca.pem, cert.pem and key.pem: talk TLS, and prove who we are. */
  readonly certPath?: string | undefined;
}

export type EngineAddress =
  | Exclude<EngineHost, { kind: 'tcp' }>
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'tls'; readonly host: string; readonly port: number; readonly certPath: string };

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
  const parsed = parseEngineHost(host.includes('://') ? host : `tcp://${host}`);
  switch (parsed.kind) {
    case 'wrong':
      throw new Failure('input', `${source} ${parsed.mistake}.`, { example: 'host: tcp://10.0.0.5:2376' });
    case 'tcp':
      return certPath === undefined
        ? { ...parsed, port: parsed.port ?? 2375 }
        : { ...parsed, kind: 'tls', port: parsed.port ?? 2376, certPath };
    case 'unix':
    case 'ssh':
      return parsed;
  }
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
