import { execFile } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { refusedIn } from './socket-proxy.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('swarm-lab', import.meta.url));
const prefix = 'shipmate-lab-';

/** Docker's major version: 20 is 20.10 (API 1.41), 28 is 28.5 (API 1.51). */
export type LabEngine = '20' | '28';

/** Where a running lab is: enough to use it from another process. */
export interface LabPlace {
  readonly engine: LabEngine;
  readonly nodes: number;
  /** The directory that holds its state. */
  readonly dir: string;
  /** Its /24 without the last number; node N is `${net}.${10 + N}`. */
  readonly net: string;
}

/** A real Swarm on this machine. Node 1 is a manager; nodes are named node1, node2, … */
export interface Lab extends LabPlace {
  /** Node 1's API as Shipmate gets it, behind the socket proxy: `unix:///…`. */
  readonly dockerHost: string;
  /** The path of the socket proxy's own socket. */
  readonly proxySocket: string;
  /** What the socket proxy refused so far: a line of its log each. */
  refusedCalls(): Promise<readonly string[]>;
  /** The path of a node's API socket, with nothing before it. */
  socket(node: number): string;
  /** Runs docker CLI 28 against node 1. Gives its stdout without the last newline; rejects with its stderr. */
  docker(...args: string[]): Promise<string>;
  dockerOn(node: number, ...args: string[]): Promise<string>;
  /** The same against node 1, with these variables in its environment: `stack deploy` puts them into its file. */
  dockerWith(env: Readonly<Record<string, string>>, ...args: string[]): Promise<string>;
  /** What the registry serves: `1`, `2`, `3` (tick once a second), `crash` (exits 1), `slow` (never healthy). */
  image(tag: '1' | '2' | '3' | 'crash' | 'slow'): string;
  /** `docker service create -d --name NAME ARGS…`, with a name that nobody else has; disposing of it removes it. */
  createService(...args: string[]): Promise<LabService>;
  /** Stops a node's engine; the Swarm sees the node as down within seconds. */
  stop(node: number): Promise<void>;
  start(node: number): Promise<void>;
  /** Takes a node off the network, and puts it back. */
  cut(node: number): Promise<void>;
  mend(node: number): Promise<void>;
}

export interface LabService extends AsyncDisposable {
  readonly name: string;
  readonly id: string;
}

export interface LabOptions {
  readonly engine: LabEngine;
  readonly nodes?: number;
  /** The first so many nodes are managers. */
  readonly managers?: number;
}

/** @returns why no lab can run on this machine, as a sentence, or undefined when one can. */
export async function labObstacle(engine: LabEngine): Promise<string | undefined> {
  try {
    await run(script, ['check'], { env: { ...process.env, ENGINE: engine } });
    return undefined;
  } catch (error) {
    return outputOf(error);
  }
}

/**
 * Starts a Swarm of its own, in 5 to 10 seconds; disposing of it leaves nothing behind, and throws when its socket proxy
 * has refused anything. Labs of dead processes go too.
 */
export async function startLab(options: LabOptions): Promise<Lab & AsyncDisposable> {
  await removeAbandonedLabs();
  const place: LabPlace = {
    engine: options.engine,
    nodes: options.nodes ?? 3,
    dir: join(tmpdir(), `${prefix}${process.pid}-${randomBytes(3).toString('hex')}`),
    net: `10.${randomInt(64, 128)}.${randomInt(256)}`,
  };
  try {
    await control(place, 'up', String(place.nodes), String(options.managers ?? 1));
    await writeFile(join(place.dir, 'owner'), String(process.pid));
  } catch (error) {
    await control(place, 'down');
    throw error;
  }
  return {
    ...openLab(place),
    async [Symbol.asyncDispose]() {
      const refused = await openLab(place).refusedCalls();
      await control(place, 'down');
      if (refused.length > 0) throw new Error(`The socket proxy refused calls:\n${refused.join('\n')}`);
    },
  };
}

/** Uses a lab that something else started, and will stop. */
export function openLab(place: LabPlace): Lab {
  const dockerOn = (node: number, ...args: string[]) => control(place, 'docker', String(node), ...args);
  const proxySocket = join(place.dir, 'proxy.sock');
  return {
    ...place,
    dockerHost: `unix://${proxySocket}`,
    proxySocket,
    refusedCalls: async () => refusedIn(await readFile(join(place.dir, 'proxy.log'), 'utf8')),
    socket: (node) => join(place.dir, `n${node}`, 'docker.sock'),
    docker: (...args) => dockerOn(1, ...args),
    dockerOn,
    dockerWith: (more, ...args) => control({ ...place, more }, 'docker', '1', ...args),
    image: (tag) => `${place.net}.1:5000/app:${tag}`,
    async createService(...args) {
      const name = `t${randomBytes(5).toString('hex')}`;
      const id = await dockerOn(1, 'service', 'create', '--quiet', '--detach', '--name', name, ...args);
      return {
        name,
        id,
        async [Symbol.asyncDispose]() {
          await dockerOn(1, 'service', 'rm', id);
        },
      };
    },
    stop: async (node) => void (await control(place, 'stop', String(node))),
    start: async (node) => void (await control(place, 'start', String(node))),
    cut: async (node) => void (await control(place, 'cut', String(node))),
    mend: async (node) => void (await control(place, 'mend', String(node))),
  };
}

type Controlled = LabPlace & { readonly more?: Readonly<Record<string, string>> };

async function control(place: Controlled, ...args: string[]): Promise<string> {
  const env = { ...process.env, ...place.more, LAB: place.dir, NET: place.net, ENGINE: place.engine };
  try {
    // Unpacking Docker 28 for the first time takes a minute or two.
    const { stdout } = await run(script, args, { env, timeout: 280_000, maxBuffer: 64 * 1024 * 1024 });
    return stdout.replace(/\n$/, '');
  } catch (error) {
    throw new Error(`swarm-lab ${args.join(' ')}: ${outputOf(error)}`, { cause: error });
  }
}

/** A test run that was killed couldn't stop its labs: the next one does. */
async function removeAbandonedLabs(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const dir = join(tmpdir(), name);
    const owner = Number(await readFile(join(dir, 'owner'), 'utf8').catch(() => ''));
    if (owner > 0 && !isAlive(owner)) await run(script, ['down'], { env: { ...process.env, LAB: dir } });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function outputOf(error: unknown): string {
  const failed = z.object({ stdout: z.string(), stderr: z.string() }).safeParse(error);
  return failed.success ? `${failed.data.stderr}${failed.data.stdout}`.trim() : String(error);
}
