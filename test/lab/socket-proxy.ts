import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** deploy/haproxy.cfg in front of an engine's socket, on a socket of its own. */
export interface SocketProxy extends AsyncDisposable {
  readonly dockerHost: string;
  readonly socket: string;
  /** What haproxy wrote so far: a line for each request that it refused. */
  readonly log: () => string;
}

/** Milliseconds. */
const startDeadline = 10_000;

/**
 * @param patience in haproxy's words, how long it waits for a call's answer in place of what the configuration says
 * @throws when haproxy isn't there, or doesn't take the configuration.
 */
export async function startSocketProxy(engineSocket: string, patience?: string): Promise<SocketProxy> {
  await using parts = new AsyncDisposableStack();
  const dir = await mkdtemp(join(tmpdir(), 'shipmate-proxy-'));
  parts.defer(() => rm(dir, { recursive: true }));
  const socket = join(dir, 'docker.sock');
  const shipped = await readFile('deploy/haproxy.cfg', 'utf8');
  const config = shipped.replaceAll(/(?<= timeout (?:client|server) ).*/g, (usual) => patience ?? usual);
  await writeFile(join(dir, 'haproxy.cfg'), config);
  const child = spawn('haproxy', ['-db', '-f', join(dir, 'haproxy.cfg')], {
    env: {
      PATH: `${process.env['PATH'] ?? ''}:/usr/sbin`,
      PROXY_BIND: `unix@${socket}`,
      PROXY_ENGINE: `unix@${engineSocket}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  const ended = once(child, 'close').catch(() => undefined);
  parts.defer(async () => {
    child.kill();
    await ended;
  });
  const deadline = AbortSignal.timeout(startDeadline);
  const failed = Promise.race([once(child, 'close'), once(deadline, 'abort')]).then(() => {
    throw new Error(`haproxy did not start:\n${log}`);
  });
  await Promise.race([answers(socket, deadline), failed]);
  failed.catch(() => undefined);
  const running = parts.move();
  return {
    dockerHost: `unix://${socket}`,
    socket,
    log: () => log,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** A call that the proxy refuses, to see that it says so. */
export const neverAllowed = '/never/allowed';

/** The lines of its log that tell of a refused call. @param log all that it wrote */
export function refusedIn(log: string): readonly string[] {
  return log.split('\n').filter((line) => / api\/<NOSRV> /.test(line) && !line.includes(neverAllowed));
}

async function answers(socketPath: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const status = await statusOf(socketPath, 'GET', '/_ping').catch(() => undefined);
    if (status === 200) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** One request over a unix socket. @returns the status of its answer. */
export function statusOf(socketPath: string, method: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request({ socketPath, method, path, timeout: 10_000 }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', reject);
    request.end();
  });
}
