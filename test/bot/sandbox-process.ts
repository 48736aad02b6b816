import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** `npm run sandbox` in a process of its own, with a folder of its own. */
export interface SandboxProcess extends AsyncDisposable {
  /** The page's address. */
  readonly address: string;
  /** What it wrote so far. */
  readonly output: readonly string[];
  /** Ctrl-C. @returns the exit code, or the signal that ended it. */
  interrupt(): Promise<number | string | null>;
}

/** @throws when it ends before it has told its address. */
export async function startSandbox(words: readonly string[]): Promise<SandboxProcess> {
  const data = await mkdtemp(join(tmpdir(), 'shipmate-sandbox-'));
  const options = ['--data', data, '--port', '0', ...words];
  const child = spawn(process.execPath, ['src/sandbox/main.ts', ...options], {
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  const ended = once(child, 'close').then(() => child.exitCode ?? child.signalCode);
  const { promise: served, resolve: tell } = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      output.push(line);
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(line);
      if (found !== null) tell(found[0]);
    });
  }
  const address = await Promise.race([served, ended.then(() => null)]);
  if (address === null) {
    await rm(data, { recursive: true, force: true });
    throw new Error(`the sandbox ended while it started:\n${output.join('\n')}`);
  }
  return {
    address,
    output,
    interrupt() {
      child.kill('SIGINT');
      return ended;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}
