import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { LabEngine } from '../lab/swarm-lab.ts';
import { startWorkspace, type Workspace } from '../../src/sandbox/slack/workspace.ts';

export const transports = ['socket', 'http'] as const;
type Transport = (typeof transports)[number];

/** How the bot talks to Slack isn't the engine's business: on real Swarms each way runs beside one of the two engines. */
export function transportBeside(engine: LabEngine): Transport {
  return engine === '28' ? 'socket' : 'http';
}

/** The bot's own process, with a local workspace. */
export interface Bot extends AsyncDisposable {
  readonly workspace: Workspace;
  readonly pid: number;
  /** The folder with shipmate.yml and the database. */
  readonly dir: string;
  readonly databaseUrl: string;
  /** What it wrote to stdout and stderr so far, line by line. */
  readonly output: readonly string[];
  /** Sends a signal and waits for the end. @returns the exit code, or the signal that ended it. */
  stop(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>;
  /**
   * Starts it again, over the same database, after it was stopped.
   * @param until what its log says when that was enough; it is connected when absent
   */
  restart(until?: string): Promise<void>;
  /** Resolves when a line of output has this in it. */
  logged(text: string): Promise<void>;
}

export interface BotOptions {
  readonly transport: Transport;
  /** shipmate.yml. */
  readonly config: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The arguments of `node`: flags and the program. The sources, as `npm start` runs them, when absent. */
  readonly program?: readonly string[];
  /** Adds whom and what the test needs to the workspace. */
  readonly people?: (workspace: Workspace) => void;
}

/** Milliseconds until a start that got nowhere is given up. */
const startDeadline = 60_000;

/**
 * Starts a workspace and the bot in it. People: alice (in S0SRE), bob, gus (a guest), olga (of another organization). Channels:
 * C0DEPLOYS, C0STAGING, C0RANDOM.
 */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { transport, config, env = {}, program = ['src/main.ts'], people } = options;
  await using parts = new AsyncDisposableStack();
  const dir = await mkdtemp(join(tmpdir(), 'shipmate-bot-'));
  parts.defer(() => rm(dir, { recursive: true }));
  const workspace = parts.use(await startWorkspace({ delivery: { kind: transport } }));
  populate(workspace);
  people?.(workspace);
  await writeFile(join(dir, 'shipmate.yml'), config);

  const port = await freePort();
  const databaseUrl = `sqlite:${join(dir, 'shipmate.db')}`;
  const { botToken, appToken, signingSecret } = workspace.credentials;
  const environment = {
    PATH: process.env['PATH'] ?? '',
    SLACK_BOT_TOKEN: botToken,
    SLACK_API_URL: workspace.apiUrl,
    ...(transport === 'socket'
      ? { SLACK_APP_TOKEN: appToken }
      : { SLACK_SIGNING_SECRET: signingSecret, PORT: String(port) }),
    SHIPMATE_CONFIG: join(dir, 'shipmate.yml'),
    DATABASE_URL: databaseUrl,
    ...env,
  };
  const output: string[] = [];
  const listeners = new Set<() => void>();
  let child = await launch();
  parts.defer(async () => void (await end(child, 'SIGKILL')));

  async function launch(until = '"msg":"connected"'): Promise<ChildProcess> {
    const started = spawn(process.execPath, program, {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const from = output.length;
    for (const stream of [started.stdout, started.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        output.push(line);
        for (const listener of listeners) listener();
      });
    }
    const died = once(started, 'close').then(() => {
      const how = started.exitCode ?? started.signalCode;
      throw new Error(`the bot ended with ${how} while it started:\n${output.slice(from).join('\n')}`);
    });
    try {
      await Promise.race([logged(until, from), died]);
    } catch (error) {
      started.kill('SIGKILL');
      throw error;
    }
    if (transport === 'http') await workspace.register(`http://127.0.0.1:${port}`);
    return started;
  }

  function logged(text: string, from = 0): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        listeners.delete(look);
        clearTimeout(timer);
        act();
      };
      const timer = setTimeout(
        () => settle(() => reject(new Error(`no "${text}" in the bot's output:\n${output.join('\n')}`))),
        startDeadline,
      );
      const look = () => {
        if (output.slice(from).some((line) => line.includes(text))) settle(resolve);
      };
      listeners.add(look);
      look();
    });
  }

  const running = parts.move();
  return {
    workspace,
    get pid() {
      return child.pid ?? 0;
    },
    dir,
    databaseUrl,
    output,
    stop: (signal) => end(child, signal),
    async restart(until) {
      child = await launch(until);
    },
    logged,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | NodeJS.Signals> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
  return child.exitCode ?? child.signalCode ?? 0;
}

function populate({ directory }: Workspace): void {
  directory.addUser({ id: 'U0ALICE', name: 'alice' });
  directory.addUser({ id: 'U0BOB', name: 'bob' });
  directory.addUser({ id: 'U0GUS', name: 'gus', isRestricted: true });
  directory.addUser({ id: 'U0OLGA', name: 'olga', team: 'T0OTHER' });
  directory.addGroup({ id: 'S0SRE', handle: 'sre', members: ['U0ALICE'] });
  directory.addChannel({ id: 'C0DEPLOYS', name: 'deploys' });
  directory.addChannel({ id: 'C0STAGING', name: 'staging' });
  directory.addChannel({ id: 'C0RANDOM', name: 'random' });
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  server.close();
  await once(server, 'close');
  return address.port;
}
