import { mkdirSync, renameSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openSqliteFile } from '../../../src/store/sqlite-file.ts';
import { sqliteStore } from '../../../src/store/sqlite-store.ts';
import { auditBegin, auditEnd } from './audit-samples.ts';
import { temporaryDatabase } from './temporary-database.ts';

const unavailable = (message: RegExp): object => ({
  kind: 'unavailable',
  message: expect.stringMatching(message) as unknown,
});
const mode = (path: string) => statSync(path).mode & 0o777;

describe('sqliteStore', () => {
  it('makes the file and its folders for this user alone', async () => {
    using database = temporaryDatabase();
    const path = join(database.folder, 'a', 'b', 'shipmate.db');
    await using store = await sqliteStore({ file: path });
    await store.audit.begin(auditBegin());
    expect([path, `${path}-wal`, `${path}-shm`].map(mode)).toEqual([0o600, 0o600, 0o600]);
    expect([dirname(path), dirname(dirname(path))].map(mode)).toEqual([0o700, 0o700]);
  });

  it('writes ahead, and to the disk before a promise resolves', async () => {
    using database = temporaryDatabase();
    const file = openSqliteFile(database.path);
    await using store = await sqliteStore({ file });
    await store.audit.begin(auditBegin());
    expect(file.database.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'wal' });
    expect(file.database.prepare('PRAGMA synchronous').get()).toMatchObject({ synchronous: 2 });
    expect(file.database.prepare('PRAGMA foreign_keys').get()).toMatchObject({ foreign_keys: 1 });
  });

  it('keeps nothing of :memory:', async () => {
    {
      await using store = await sqliteStore({ file: ':memory:' });
      await store.audit.begin(auditBegin());
      expect(await store.audit.verify()).toMatchObject({ rows: 1 });
    }
    await using store = await sqliteStore({ file: ':memory:' });
    expect(await store.audit.verify()).toMatchObject({ rows: 0 });
  });

  it('ends what runs before it closes, and refuses what comes after', async () => {
    using database = temporaryDatabase();
    const store = await sqliteStore({ file: database.path });
    const begun = store.audit.begin(auditBegin());
    await store[Symbol.asyncDispose]();
    await begun;
    await expect(store.audit.end(auditEnd())).rejects.toMatchObject(unavailable(/is closed\.$/));
    await store[Symbol.asyncDispose]();
    await using again = await sqliteStore({ file: database.path });
    expect(await again.audit.verify()).toMatchObject({ rows: 1 });
  });
});

describe('sqliteStore, when the database', () => {
  it('is no database, refuses to open it and leaves it as it is', async () => {
    using database = temporaryDatabase();
    writeFileSync(database.path, 'These are the notes of our last meeting.'.repeat(100));
    const before = statSync(database.path).size;
    await expect(sqliteStore({ file: database.path })).rejects.toMatchObject(
      unavailable(/is damaged, or is no SQLite/),
    );
    expect(statSync(database.path).size).toBe(before);
  });

  it('is damaged, says so', async () => {
    using database = temporaryDatabase();
    {
      await using store = await sqliteStore({ file: database.path });
      for (let index = 0; index < 50; index += 1)
        await store.audit.begin(auditBegin({ requestId: `r${index}` }));
    }
    truncateSync(database.path, 8_192);
    const use = async () => {
      await using store = await sqliteStore({ file: database.path });
      await store.audit.begin(auditBegin({ requestId: 'new' }));
    };
    await expect(use()).rejects.toMatchObject(unavailable(/is damaged/));
  });

  it('is in a place that is a file or a folder, says so', async () => {
    using database = temporaryDatabase();
    mkdirSync(database.path);
    await expect(sqliteStore({ file: database.path })).rejects.toMatchObject(
      unavailable(/its path is a folder/),
    );
    writeFileSync(join(database.folder, 'file'), '');
    const within = join(database.folder, 'file', 'shipmate.db');
    await expect(sqliteStore({ file: within })).rejects.toMatchObject(
      unavailable(/a part of its path is a file/),
    );
  });

  it('was made by a newer Shipmate, refuses to open it', async () => {
    using database = temporaryDatabase();
    await (await sqliteStore({ file: database.path }))[Symbol.asyncDispose]();
    database.tamper(`INSERT INTO kysely_migration VALUES ('9999_future', '2030-01-01T00:00:00.000Z')`);
    await expect(sqliteStore({ file: database.path })).rejects.toMatchObject(
      unavailable(/was made by a newer Shipmate \(it has 9999_future\)/),
    );
  });

  it('is locked too long, fails in time, and nothing is half-written', async () => {
    using database = temporaryDatabase();
    await using store = await sqliteStore({ file: database.path, lockTimeout: 150 });
    await store.audit.begin(auditBegin());
    using other = new DatabaseSync(database.path);
    other.exec('BEGIN IMMEDIATE');
    const start = performance.now();
    const all = await Promise.allSettled([
      ...Array.from({ length: 30 }, (_, index) => store.audit.begin(auditBegin({ requestId: `x${index}` }))),
      store.audit.end(auditEnd()),
      store.audit.closeInterrupted(1),
      store.deliveries.claim('d1', 1),
    ]);
    // The waiting of one after the other would take five seconds.
    expect(performance.now() - start).toBeLessThan(2_500);
    for (const result of all)
      expect(result).toMatchObject({ reason: unavailable(/is locked by another process\.$/) });
    other.exec('ROLLBACK');
    expect(await store.audit.verify()).toMatchObject({ intact: true, rows: 1 });
    expect(await store.deliveries.claim('d1', 1)).toBe(true);
  });

  it('is locked for a while, waits, and other work goes on', async () => {
    using database = temporaryDatabase();
    await using store = await sqliteStore({ file: database.path });
    using other = new DatabaseSync(database.path);
    other.exec('BEGIN IMMEDIATE');
    const begun = store.audit.begin(auditBegin());
    // This very process holds the lock: a wait that stopped it would never end.
    setTimeout(() => other.exec('ROLLBACK'), 50);
    await begun;
    expect(await store.audit.verify()).toMatchObject({ intact: true, rows: 1 });
  });

  it('is locked while it is opened, waits and then says so', async () => {
    using database = temporaryDatabase();
    using other = new DatabaseSync(database.path);
    other.exec('CREATE TABLE t (a); BEGIN EXCLUSIVE');
    await expect(sqliteStore({ file: database.path, lockTimeout: 100 })).rejects.toMatchObject(
      unavailable(/is locked/),
    );
  });

  it('is full, says so, writes nothing by halves, and goes on when there is space again', async () => {
    using database = temporaryDatabase();
    const file = openSqliteFile(database.path);
    await using store = await sqliteStore({ file });
    await store.audit.begin(auditBegin());
    file.database.exec('PRAGMA max_page_count = 60');
    let written = 1;
    const fill = async () => {
      for (; ; written += 1)
        await store.audit.begin(auditBegin({ requestId: `x${written}`, command: 'y'.repeat(12_000) }));
    };
    await expect(fill()).rejects.toMatchObject(unavailable(/is full/));
    expect(await store.audit.verify()).toMatchObject({ intact: true, rows: written });
    file.database.exec('PRAGMA max_page_count = 100000');
    await store.audit.end(auditEnd());
    expect(await store.audit.verify()).toMatchObject({ intact: true, rows: written + 1 });
    expect(await store.audit.entries({ limit: 1_000 })).toHaveLength(written);
  });

  it('rolls back by itself, tells its own reason', async () => {
    using database = temporaryDatabase();
    await using store = await sqliteStore({ file: database.path });
    database.tamper(
      `CREATE TRIGGER t BEFORE INSERT ON delivery BEGIN SELECT RAISE(ROLLBACK, 'no reason'); END`,
    );
    await expect(store.deliveries.claim('d1', 1)).rejects.toMatchObject(unavailable(/refused: no reason\.$/));
    database.tamper('DROP TRIGGER t');
    expect(await store.deliveries.claim('d1', 1)).toBe(true);
  });

  it('is read-only, says so', async () => {
    using database = temporaryDatabase();
    const file = openSqliteFile(database.path);
    await using store = await sqliteStore({ file });
    file.database.exec('PRAGMA query_only = ON');
    await expect(store.audit.begin(auditBegin())).rejects.toMatchObject(unavailable(/is read-only/));
    expect(await store.audit.verify()).toMatchObject({ intact: true, rows: 0 });
  });

  it('is replaced while it is open, refuses to write where nobody would look', async () => {
    using database = temporaryDatabase();
    await using store = await sqliteStore({ file: database.path });
    await store.audit.begin(auditBegin());
    renameSync(database.path, `${database.path}.old`);
    await expect(store.audit.end(auditEnd())).rejects.toMatchObject(unavailable(/was removed or replaced/));
    writeFileSync(database.path, '');
    await expect(store.audit.end(auditEnd())).rejects.toMatchObject(unavailable(/was removed or replaced/));
    renameSync(`${database.path}.old`, database.path);
    await store.audit.end(auditEnd());
  });
});
