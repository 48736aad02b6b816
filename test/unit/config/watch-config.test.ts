import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadConfig } from '../../../src/config/load-config.ts';
import { watchConfig } from '../../../src/config/watch-config.ts';
import { known as knownOperations } from './known.ts';

let folder: string;
let path: string;
/** What was told, in order: the clusters of a configuration that is taken, or the first problem. */
let told: string[];
let stop: AbortController;
let watching: Promise<void>;
/** How often the file was read: what is known is asked for at every reading. */
let readings: number;
let whileRead: () => void;

const known = {
  get operations() {
    readings += 1;
    whileRead();
    return knownOperations.operations;
  },
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shipmate-watch-'));
  path = join(folder, 'shipmate.yml');
  told = [];
  readings = 0;
  whileRead = () => {};
  stop = new AbortController();
  watching = Promise.resolve();
});

afterEach(async () => {
  stop.abort();
  await watching;
  rmSync(folder, { recursive: true });
});

const within = { timeout: 5_000, interval: 10 };
const says = (cluster: string) => `clusters: { ${cluster}: {} }\n`;

async function follow({ pollEvery = 60_000, settleFor = 50, before = () => {} } = {}): Promise<void> {
  const loaded = await loadConfig(path, known);
  if ('problems' in loaded) throw new Error('the test begins with a right configuration');
  before();
  readings = 0;
  watching = watchConfig(path, {
    known,
    current: loaded.config,
    onChange: ({ clusters, deny }) =>
      void told.push([...Object.keys(clusters), ...(deny.length > 0 ? ['denied'] : [])].join(', ')),
    onProblems: ([problem]) => void told.push(problem?.message ?? ''),
    signal: stop.signal,
    pollEvery,
    settleFor,
  });
  // The first reading looks for what changed before there was anybody to notice.
  if (settleFor < 1_000) await vi.waitUntil(() => readings > 0, within);
}

async function isReadAfter(act: () => void): Promise<void> {
  const before = readings;
  act();
  await vi.waitUntil(() => readings > before, within);
}

describe('watchConfig', () => {
  it('takes a file that is written in place', async () => {
    writeFileSync(path, says('one'));
    await follow();
    writeFileSync(path, says('two'));
    await expect.poll(() => told, within).toEqual(['two']);
  });

  it('takes a file that is renamed over, as editors do', async () => {
    writeFileSync(path, says('one'));
    await follow();
    for (const cluster of ['two', 'three']) {
      writeFileSync(`${path}~`, says(cluster));
      renameSync(`${path}~`, path);
      await expect.poll(() => told.at(-1), within).toBe(cluster);
    }
    expect(told).toEqual(['two', 'three']);
  });

  it('takes what a symbolic link is swapped for, as Kubernetes does', async () => {
    for (const version of ['one', 'two']) {
      mkdirSync(join(folder, version));
      writeFileSync(join(folder, version, 'shipmate.yml'), says(version));
    }
    symlinkSync('one', join(folder, '..data'));
    symlinkSync('..data/shipmate.yml', path);
    await follow();
    symlinkSync('two', join(folder, '..data_tmp'));
    renameSync(join(folder, '..data_tmp'), join(folder, '..data'));
    await expect.poll(() => told, within).toEqual(['two']);
  });

  it('notices by looking where no event comes', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'shipmate-elsewhere-'));
    try {
      writeFileSync(join(elsewhere, 'real.yml'), says('one'));
      symlinkSync(join(elsewhere, 'real.yml'), path);
      await follow({ pollEvery: 30 });
      writeFileSync(join(elsewhere, 'real.yml'), says('two'));
      await expect.poll(() => told, within).toEqual(['two']);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  it('keeps what is in force when the file is wrong, tells why once, and that it is right again', async () => {
    writeFileSync(path, says('one'));
    await follow();
    await isReadAfter(() => writeFileSync(path, 'clusters: []\n'));
    await isReadAfter(() => writeFileSync(path, 'clusters: [] # still\n'));
    await isReadAfter(() => writeFileSync(path, says('one')));
    await expect.poll(() => told, within).toEqual(['expected a map, found a list', 'one']);
  });

  it('keeps what is in force when the file vanishes, and takes it when it is back', async () => {
    writeFileSync(path, says('one'));
    await follow();
    rmSync(path);
    await expect.poll(() => told, within).toEqual([expect.stringContaining('there is no such file')]);
    writeFileSync(path, says('two'));
    await expect.poll(() => told, within).toEqual([expect.stringContaining('there is no such file'), 'two']);
  });

  it('tells nothing of a file that says the same', async () => {
    writeFileSync(path, says('one'));
    await follow();
    await isReadAfter(() => writeFileSync(path, says('one')));
    await isReadAfter(() => writeFileSync(path, `# with a comment\n${says('one')}roles: {}\n`));
    await isReadAfter(() => writeFileSync(path, says('two')));
    await expect.poll(() => told, within).toEqual(['two']);
  });

  it('never takes half a file, however long the writing takes', async () => {
    writeFileSync(path, says('one'));
    await follow({ settleFor: 500 });
    // Each piece leaves a valid file; only the last one brings the deny.
    writeFileSync(path, 'clusters:\n  two: {}\n');
    for (let piece = 0; piece < 30; piece += 1) {
      await pause(50);
      writeFileSync(path, '# and more\n', { flag: 'a' });
    }
    writeFileSync(path, 'deny:\n  - operations: ["*"]\n', { flag: 'a' });
    await expect.poll(() => told, within).toEqual(['two, denied']);
  });

  it('reads again what changed while it was read', async () => {
    writeFileSync(path, says('one'));
    await follow();
    whileRead = () => {
      whileRead = () => {};
      writeFileSync(path, says('three'));
    };
    writeFileSync(path, says('two'));
    await expect.poll(() => told, within).toEqual(['three']);
  });

  it('takes what changed between loading and watching', async () => {
    writeFileSync(path, says('one'));
    await follow({ before: () => writeFileSync(path, says('two')) });
    await expect.poll(() => told, within).toEqual(['two']);
  });

  it('ends when it is told to, while it waits and while a file settles', async () => {
    writeFileSync(path, says('one'));
    await follow({ settleFor: 60_000 });
    stop.abort();
    await watching;
    expect(told).toEqual([]);
  });
});
