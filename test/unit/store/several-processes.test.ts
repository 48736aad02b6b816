import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';
import { sqliteStore } from '../../../src/store/sqlite-store.ts';
import { verifyAudit } from '../../../src/store/verify-audit.ts';
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
  const child = spawn(process.execPath, [script, task, path], { stdio: ['pipe', 'pipe', 'inherit'] });
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
      if (lines.length < count) await Promise.race([enough, ended]);
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

describe('a database that a bot has', () => {
  it(
    'is refused to another one, also by a link, until the first is killed',
    { timeout: 30_000 },
    async () => {
      using database = temporaryDatabase();
      const first = start('keep', database.path);
      await first.written(1);
      const link = join(database.folder, 'link.db');
      symlinkSync(database.path, link);
      for (const path of [database.path, link]) {
        await expect(openStore(`sqlite:${path}`, 0)).rejects.toMatchObject({
          kind: 'conflict',
          message: `The database ${database.path} is in use by another Shipmate. Stop that one first, or give this one a database of its own.`,
        });
      }
      const said: string[] = [];
      expect(await verifyAudit(database.url, (line) => said.push(line))).toBe(0);
      expect(said.at(-1)).toBe('The audit log is intact.');

      first.child.kill('SIGKILL');
      await first.ended;
      expect(readdirSync(database.folder).filter((name) => name.includes('journal'))).toEqual([]);
      await using store = await openStore(database.url, 0);
      expect(await store.audit.verify()).toMatchObject({ intact: true });
    },
  );

  it('is waited for while the first one ends', { timeout: 30_000 }, async () => {
    using database = temporaryDatabase();
    const first = await openStore(database.url);
    const second = openStore(database.url, 20_000);
    await first.deliveries.claim('d1', 0);
    await first[Symbol.asyncDispose]();
    await using store = await second;
    expect(await store.deliveries.claim('d1', 0)).toBe(false);
  });
});
