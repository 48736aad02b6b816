import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { harmlessText } from './harmless-text.ts';
import { readableLine } from './readable-line.ts';

/** The bot lets what it is doing come to an end first. */
const goodbyeMs = 15_000;

/** The bot's own process, until it is disposed of. */
export interface BotProcess extends AsyncDisposable {
  /** Resolves when it has ended, with a sentence that says how. */
  readonly ended: Promise<string>;
}

/** @param log takes what the bot writes, line by line, harmless for a terminal. */
export function startBot(env: NodeJS.ProcessEnv, log: (line: string) => void): BotProcess {
  const child = spawn(process.execPath, ['src/main.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  // Whatever ends this process: a bot that nobody watches must not go on.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  void once(child, 'exit').then(() => process.off('exit', kill));
  forward(child.stdout, log);
  forward(child.stderr, log);
  const ended = once(child, 'exit').then(([code, signal]: (number | string | null)[]) =>
    signal === null ? `The bot ended with code ${code}.` : `The bot was ended by ${signal}.`,
  );
  return {
    ended,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const patience = new AbortController();
      child.kill('SIGTERM');
      await Promise.race([ended, delay(goodbyeMs, undefined, { signal: patience.signal })]);
      patience.abort();
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function forward(stream: Readable, log: (line: string) => void): void {
  createInterface({ input: stream }).on('line', (line) => log(harmlessText(readableLine(line))));
}
