import { request } from 'node:http';
import { asObject, asText, parseJson } from './slack/json.ts';

const lookWithinMs = 3000;
const initWithinMs = 30_000;

export type DockerVariables = Readonly<Record<string, string | undefined>>;

/** What there is at `DOCKER_HOST`. `unknown`: it wants a key or a certificate, and only the bot can tell. */
export type EngineState =
  | { readonly kind: 'manager' | 'worker' | 'no swarm' | 'unknown' }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** The engine's address: `unix:///var/run/docker.sock` when the environment names none. */
export function engineHost(env: DockerVariables): string {
  return env['DOCKER_HOST'] || 'unix:///var/run/docker.sock';
}

export async function engineState(env: DockerVariables): Promise<EngineState> {
  const target = plainTarget(env);
  if (target === null) return { kind: 'unknown' };
  try {
    const { body } = await call(target, 'GET', '/info', lookWithinMs);
    const swarm = asObject(asObject(parseJson(body))?.['Swarm']);
    if (swarm?.['ControlAvailable'] === true) return { kind: 'manager' };
    const isOut = (asText(swarm?.['LocalNodeState']) ?? 'inactive') === 'inactive';
    return { kind: isOut ? 'no swarm' : 'worker' };
  } catch (error) {
    return { kind: 'unreachable', reason: reasonOf(error) };
  }
}

/** `docker swarm init`. @throws Error with the engine's words when it refuses. */
export async function initSwarm(env: DockerVariables): Promise<void> {
  const target = plainTarget(env);
  if (target === null) throw new Error(`${engineHost(env)} wants a key or a certificate.`);
  const { status, body } = await call(target, 'POST', '/swarm/init', initWithinMs, {
    ListenAddr: '0.0.0.0:2377',
  });
  if (status !== 200) throw new Error(asText(asObject(parseJson(body))?.['message']) ?? `HTTP ${status}`);
}

type Target = { readonly socketPath: string } | { readonly host: string; readonly port: string };

/** Null for what needs a key or a certificate. */
function plainTarget(env: DockerVariables): Target | null {
  const host = engineHost(env);
  if (host.startsWith('unix://')) return { socketPath: host.slice('unix://'.length) };
  if (/^ssh:|^npipe:/.test(host) || env['DOCKER_TLS_VERIFY']) return null;
  const url = URL.parse(host.includes('://') ? host : `tcp://${host}`);
  return url === null ? null : { host: url.hostname, port: url.port || '2375' };
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

function call(
  target: Target,
  method: string,
  path: string,
  withinMs: number,
  body?: object,
): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(withinMs);
  return new Promise((resolve, reject) => {
    const asked = request({ ...target, method, path, headers, signal }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
      );
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function reasonOf(error: unknown): string {
  const { code, message } = asObject(error) ?? {};
  return asText(code) ?? asText(message) ?? 'no answer';
}
