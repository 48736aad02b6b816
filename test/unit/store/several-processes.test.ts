import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { sqliteStore } from '../../../src/store/sqlite-store.ts';
import { temporaryDatabase } from './temporary-database.ts';

const script = new URL('store-process.ts', import.meta.url).pathname;

interface StoreProcess {
  readonly child: ChildProcess;
  readonly lines: string[];
  /** Resolves when it has written so many lines, or ended. */
  written(lines: number): Promise<void>;
  readonly ended: Promise<unknown>;
}

function start(task: string, path: string): StoreProcess {
  const child = spawn(process.execPath, [script, task, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  const ended = Promise.all([once(child, 'exit'), once(reader, 'close')]);
  return {
    child,
    lines,
    ended,
    async written(count) {
      const enough = new Promise<void>((resolve) => {
        reader.on('line', () => {
          if (lines.length >= count) resolve();
        });
      });
      await Promise.race([enough, ended]);
    },
  };
}

describe('a store whose process is killed while it writes', () => {
  it('holds all that was promised, unbroken, and ends the rest as unknown', { timeout: 30_000 }, async () => {
    using database = temporaryDatabase();
    let promised = 0;
    for (const lines of [10, 25, 40]) {
      const path = `${database.path}-${lines}`;
      const writer = start('write', path);
      await writer.written(lines);
      writer.child.kill('SIGKILL');
      await writer.ended;
      const said = (what: string) =>
        writer.lines.filter((line) => line.startsWith(what)).map((line) => line.slice(what.length + 1));

      await using store = await sqliteStore({ file: path });
      expect(await store.audit.verify()).toMatchObject({ intact: true });
      const entries = await store.audit.entries({ limit: 1_000 });
      const written = new Set(entries.map(({ requestId }) => requestId));
      expect(said('begun').filter((id) => !written.has(id))).toEqual([]);
      const done = new Set(
        entries.filter(({ outcome }) => outcome === 'done').map(({ requestId }) => requestId),
      );
      expect(said('ended').filter((id) => !done.has(id))).toEqual([]);

      const open = entries.filter(({ outcome }) => outcome === null).map(({ requestId }) => requestId);
      const closed = await store.audit.closeInterrupted(9_000);
      expect(closed.map(({ requestId }) => requestId).toSorted()).toEqual(open.toSorted());
      expect(await store.audit.verify()).toMatchObject({ intact: true, rows: entries.length * 2 });
      promised += said('ended').length;
    }
    expect(promised).toBeGreaterThan(0);
  });
});

describe('two processes at once', () => {
  it('make the database, and claim every delivery once', { timeout: 60_000 }, async () => {
    using database = temporaryDatabase();
    const processes = [start('claim', database.path), start('claim', database.path)];
    await Promise.all(processes.map(({ ended }) => ended));
    expect(processes.map(({ child }) => child.exitCode)).toEqual([0, 0]);
    const claimed = processes.flatMap(({ lines }) => lines);
    expect(claimed.toSorted()).toEqual(
      Array.from({ length: 200 }, (_, index) => `claimed d${index}`).toSorted(),
    );
  });
});

describe('a user who may not write', () => {
  it('is told that permissions forbid it', { timeout: 30_000 }, async () => {
    using database = temporaryDatabase();
    await (await sqliteStore({ file: database.path }))[Symbol.asyncDispose]();
    chmodSync(database.folder, 0o755);
    chmodSync(database.path, 0o444);
    const opener = start('open', database.path);
    await opener.ended;
    expect(opener.lines).toEqual([
      `unavailable: The database ${database.path} could not be opened: its permissions forbid it.`,
    ]);
  });
});
