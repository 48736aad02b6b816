import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openStore, sqlitePath } from '../../../src/store/open-store.ts';
import { auditBegin } from './audit-samples.ts';
import { temporaryDatabase } from './temporary-database.ts';

describe('openStore', () => {
  it('opens the file that the URL names', async () => {
    using database = temporaryDatabase();
    {
      await using store = await openStore(database.url);
      await store.audit.begin(auditBegin());
    }
    await using store = await openStore(database.url);
    expect(await store.audit.verify()).toMatchObject({ rows: 1 });
  });

  it('gives everybody a database of their own in memory, and leaves no file of that name', async () => {
    await using one = await openStore('sqlite::memory:', 0);
    await using other = await openStore('sqlite::memory:', 0);
    expect(await one.deliveries.claim('d1', 0)).toBe(true);
    expect(await other.deliveries.claim('d1', 0)).toBe(true);
    expect(existsSync(':memory:.lock')).toBe(false);
  });
});

describe('sqlitePath', () => {
  it.each([
    ['sqlite:data/shipmate.db', 'data/shipmate.db'],
    ['sqlite::memory:', ':memory:'],
    ['sqlite:/var/lib/shipmate.db', '/var/lib/shipmate.db'],
    ['sqlite:///var/lib/shipmate.db', '/var/lib/shipmate.db'],
    [' SQLite:a b.db\n', 'a b.db'],
  ])('reads %s', (url, path) => {
    expect(sqlitePath(url)).toBe(path);
  });

  it.each([
    ['postgres://u:hunter2@h/d', /names PostgreSQL/],
    ['postgresql://u:hunter2@h/d', /names PostgreSQL/],
    ['mysql://u:hunter2@h/d', /has the scheme "mysql"/],
    ['data/shipmate.db', /has no scheme/],
    ['', /has no scheme/],
    ['sqlite:', /has no path/],
    ['sqlite://host/shipmate.db', /names a host/],
  ])('refuses %j, and shows no password', (url, message) => {
    expect(() => sqlitePath(url)).toThrow(message);
    expect(() => sqlitePath(url)).not.toThrow(/hunter2/);
    expect(() => sqlitePath(url)).toThrow(/expected sqlite:PATH/);
  });
});
