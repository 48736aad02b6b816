import { EventEmitter, once } from 'node:events';
import { watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { formatProblems, type Problem } from './problem.ts';

export interface WatchOptions<Value> {
  /** What is in force: a file that says the same is nothing new. */
  readonly current: Value;
  readonly onChange: (value: Value) => void | Promise<void>;
  /** What is wrong with the file as it is now; what is in force stays. Told once for the same problems. */
  readonly onProblems: (problems: readonly Problem[]) => void | Promise<void>;
  readonly signal: AbortSignal;
  /** Milliseconds between looks at the file, for where no event comes (network file systems, a folder that was replaced). */
  readonly pollEvery?: number | undefined;
  /** Milliseconds for which the file has to stay as it is before it is read: half a file may be valid, and allow more. */
  readonly settleFor?: number | undefined;
}

interface Reading<Value> {
  /** Never throws for what is in the file or isn't. */
  readonly load: () => Promise<{ readonly value: Value } | { readonly problems: readonly Problem[] }>;
  /** What two values that say the same have in common. */
  readonly print: (value: Value) => string;
}

/**
 * Follows the file at `path` until `signal` is aborted, and then resolves. Files that are written in place, renamed over, or
 * reached by symbolic links that are swapped (Docker configs, Kubernetes) are all noticed.
 * Rejects with what `onChange` or `onProblems` throw, and with nothing else.
 */
export async function watchFile<Value>(
  path: string,
  { load, print }: Reading<Value>,
  options: WatchOptions<Value>,
): Promise<void> {
  const { signal, onChange, onProblems, pollEvery = 5_000, settleFor = 1_000 } = options;
  using bell = bellOf(path, signal);
  let seen: string | undefined;
  let inForce = print(options.current);
  let told = '';
  while (!signal.aborted) {
    const settled = await settledFingerprint(path, seen, settleFor, signal);
    if (settled !== undefined && settled !== seen) {
      const loaded = await load();
      // What changed while it was read is read again.
      if ((await fingerprint(path)) !== settled) continue;
      seen = settled;
      if (signal.aborted) return;
      const problems = 'problems' in loaded ? formatProblems(loaded.problems) : '';
      const says = 'value' in loaded ? print(loaded.value) : inForce;
      if ('problems' in loaded && problems !== told) await onProblems(loaded.problems);
      // After problems it is worth telling that the file is right again, even if it says what is in force.
      if ('value' in loaded && (says !== inForce || told !== '')) await onChange(loaded.value);
      told = problems;
      inForce = says;
    }
    await bell.rung(pollEvery);
  }
}

/** What tells one state of a file from the next; a file that isn't there has one too. */
async function fingerprint(path: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
  }
}

/** @returns undefined when the signal is aborted meanwhile. */
async function settledFingerprint(
  path: string,
  seen: string | undefined,
  settleFor: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  let before = await fingerprint(path);
  while (before !== seen && !signal.aborted) {
    await pause(settleFor, undefined, { signal }).catch(() => undefined);
    const now = await fingerprint(path);
    if (now === before) return now;
    before = now;
  }
  return signal.aborted ? undefined : before;
}

interface Bell extends Disposable {
  /** Resolves when something happened since the last time, when the signal is aborted, or after `most` milliseconds. */
  rung(most: number): Promise<void>;
}

/** Rings when something happens in the file's folder. Where the folder can't be watched, it doesn't. */
function bellOf(path: string, signal: AbortSignal): Bell {
  const bell = new EventEmitter();
  let pending = false;
  const ring = () => {
    pending = true;
    bell.emit('ring');
  };
  const watcher = watchFolder(dirname(path), ring);
  signal.addEventListener('abort', ring);
  return {
    async rung(most) {
      if (!pending) {
        const timer = setTimeout(ring, most);
        await once(bell, 'ring');
        clearTimeout(timer);
      }
      pending = false;
    },
    [Symbol.dispose]() {
      signal.removeEventListener('abort', ring);
      watcher?.close();
    },
  };
}

function watchFolder(folder: string, ring: () => void) {
  try {
    const watcher = watch(folder, ring);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
