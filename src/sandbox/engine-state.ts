import { request } from 'node:http';
import { asObject, asText, parseJson } from './slack/json.ts';

const deadlineMs = 3000;

/** `usable`: the engine answers, though not everything will work. The sentence says what is wrong and what to do. */
export interface EngineProblem {
  readonly usable: boolean;
  readonly sentence: string;
}

export type DockerVariables = Readonly<Record<string, string | undefined>>;

/** Looks whether there is a Swarm manager at `DOCKER_HOST`; null when there is, or when only the bot can tell. */
export async function engineProblem(env: DockerVariables): Promise<EngineProblem | null> {
  const host = env['DOCKER_HOST'] || 'unix:///var/run/docker.sock';
  const target = plainTarget(host, env);
  if (target === null) return null;
  const other = 'set DOCKER_HOST to a Swarm manager (unix://, tcp:// or ssh://), and start again.';
  try {
    const swarm = asObject(asObject(parseJson(await get(target, '/info')))?.['Swarm']);
    if (swarm?.['ControlAvailable'] === true) return null;
    const isOut = (asText(swarm?.['LocalNodeState']) ?? 'inactive') === 'inactive';
    const sentence = isOut
      ? `The engine at ${host} is in no Swarm: run "docker swarm init" there, or ${other}`
      : `The engine at ${host} is no manager of its Swarm: ${other}`;
    return { usable: true, sentence };
  } catch (error) {
    const sentence = `There is no Docker engine at ${host} (${reason(error)}): start one, or ${other}`;
    return { usable: false, sentence };
  }
}

type Target = { readonly socketPath: string } | { readonly host: string; readonly port: string };

/** Null for what needs a key or a certificate. */
function plainTarget(host: string, env: DockerVariables): Target | null {
  if (host.startsWith('unix://')) return { socketPath: host.slice('unix://'.length) };
  if (/^ssh:|^npipe:/.test(host) || env['DOCKER_TLS_VERIFY']) return null;
  const url = URL.parse(host.includes('://') ? host : `tcp://${host}`);
  return url === null ? null : { host: url.hostname, port: url.port || '2375' };
}

function get(target: Target, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request({ ...target, path, signal: AbortSignal.timeout(deadlineMs) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks).toString()));
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end();
  });
}

function reason(error: unknown): string {
  const { code, message } = asObject(error) ?? {};
  return asText(code) ?? asText(message) ?? 'no answer';
}
