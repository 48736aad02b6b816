import { chmodSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sqliteStore } from '../../../src/store/sqlite-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { verifyAudit } from '../../../src/store/verify-audit.ts';
import { auditBegin, auditEnd } from './audit-samples.ts';
import { temporaryDatabase } from './temporary-database.ts';

async function run(url: string, expected?: string) {
  const lines: string[] = [];
  const code = await verifyAudit(url, (line) => lines.push(line), { expect: expected });
  return { code, lines };
}

async function head(store: Store): Promise<string> {
  const verification = await store.audit.verify();
  return verification.intact ? verification.head : '';
}

describe('verifyAudit', () => {
  it('tells rows and head of an intact log, while a bot has it open', async () => {
    using database = temporaryDatabase();
    await using store = await sqliteStore({ file: database.path });
    await store.audit.begin(auditBegin());
    await store.audit.end(auditEnd());
    expect(await run(database.url)).toEqual({
      code: 0,
      lines: ['rows: 2', `head: ${await head(store)}`, 'The audit log is intact.'],
    });
  });

  it('works while the bot writes, and in the middle of a transaction of its', async () => {
    using database = temporaryDatabase();
    await using store = await sqliteStore({ file: database.path });
    const writing = Promise.all(
      Array.from({ length: 200 }, (_, index) => store.audit.begin(auditBegin({ requestId: `r${index}` }))),
    );
    for (let times = 0; times < 5; times += 1) expect((await run(database.url)).code).toBe(0);
    await writing;
    expect(await run(database.url)).toMatchObject({
      code: 0,
      lines: ['rows: 200', expect.anything(), expect.anything()],
    });
  });

  it('leaves the file as it is, and needs no right to write it', async () => {
    using database = temporaryDatabase();
    await (await sqliteStore({ file: database.path }))[Symbol.asyncDispose]();
    chmodSync(database.path, 0o400);
    const before = statSync(database.path).mtimeMs;
    expect((await run(database.url)).code).toBe(0);
    expect(statSync(database.path).mtimeMs).toBe(before);
  });

  it('finds a head that was noted before, and misses one that is not in the chain', async () => {
    using database = temporaryDatabase();
    await using store = await sqliteStore({ file: database.path });
    const empty = await head(store);
    await store.audit.begin(auditBegin());
    const noted = await head(store);
    await store.audit.end(auditEnd());
    expect((await run(database.url, empty)).lines).toContain('the expected head is row 0');
    expect((await run(database.url, ` ${noted.toUpperCase()}\n`)).lines).toContain(
      'the expected head is row 1',
    );
    expect((await run(database.url, await head(store))).code).toBe(0);
    const other = await run(database.url, 'a'.repeat(64));
    expect(other.code).toBe(1);
    expect(other.lines.at(-1)).toMatch(/^The audit log is not intact\. The expected head is not in it/);
  });

  it('tells the row that was tampered with', async () => {
    using database = temporaryDatabase();
    {
      await using store = await sqliteStore({ file: database.path });
      await store.audit.begin(auditBegin());
      await store.audit.end(auditEnd());
    }
    database.tamper(`DROP TRIGGER audit_row_no_update; UPDATE audit_row SET at = 5 WHERE seq = 2`);
    const { code, lines } = await run(database.url);
    expect(code).toBe(1);
    expect(lines[0]).toMatch(/^The audit log is not intact\. Row 2 was changed/);
  });

  it.each([
    ['sqlite:/nonexistent/shipmate.db', undefined, /does not exist/],
    ['postgres://u:p@h/d', undefined, /names PostgreSQL/],
    ['sqlite::memory:', 'xyz', /64 hexadecimal digits/],
  ])('says why %s could not be checked', async (url, expected, why) => {
    const { code, lines } = await run(url, expected);
    expect(code).toBe(2);
    expect(lines.join('\n')).toMatch(why);
  });

  it("refuses a database that isn't Shipmate's", async () => {
    using database = temporaryDatabase();
    database.tamper('CREATE TABLE t (a)');
    expect(await run(database.url)).toMatchObject({
      code: 2,
      lines: [expect.stringMatching(/is not Shipmate's/)],
    });
  });
});
