import { describe, expect, it } from 'vitest';
import { genesis, rowHash } from '../../../src/store/audit-chain.ts';
import { sqliteStore } from '../../../src/store/sqlite-store.ts';
import type { AuditVerification } from '../../../src/store/store.ts';
import { auditBegin, auditEnd } from './audit-samples.ts';
import { temporaryDatabase } from './temporary-database.ts';

/** What whoever can write the file can do first. */
const disarm = ['audit_row', 'audit_name', 'audit_target', 'audit_head']
  .flatMap((table) => [`${table}_no_update`, `${table}_no_delete`])
  .concat('audit_row_in_order', 'audit_head_follows')
  .map((trigger) => `DROP TRIGGER IF EXISTS ${trigger};`)
  .join('\n');

/** Verifies a log of six rows (three requests, begun and ended) that was tampered with by SQL. */
async function verifyAfter(sql: string): Promise<AuditVerification> {
  using database = temporaryDatabase();
  {
    await using store = await sqliteStore({ file: database.path });
    for (const requestId of ['r1', 'r2', 'r3']) {
      await store.audit.begin(auditBegin({ requestId, targets: ['prod/web', `prod/${requestId}`] }));
      await store.audit.end(auditEnd({ requestId }));
    }
  }
  database.tamper(`${disarm}\n${sql}`);
  await using store = await sqliteStore({ file: database.path });
  return await store.audit.verify();
}

describe('the audit log, tampered with', () => {
  it('is intact when nothing was', async () => {
    expect(await verifyAfter('')).toMatchObject({ intact: true, rows: 6 });
  });

  it.each([
    [
      'a changed body',
      `UPDATE audit_row SET body = replace(body, 'U0ALICE', 'U0BOB') WHERE seq = 3`,
      3,
      /changed/,
    ],
    [
      'a changed outcome',
      `UPDATE audit_row SET body = replace(body, 'done', 'failed') WHERE seq = 2`,
      2,
      /changed/,
    ],
    ['a changed time', 'UPDATE audit_row SET at = at + 1 WHERE seq = 4', 4, /changed/],
    ['a changed request id', `UPDATE audit_row SET request_id = 'rx' WHERE seq = 1`, 1, /changed/],
    ['a changed kind', `UPDATE audit_row SET kind = 'end', request_id = 'rx' WHERE seq = 1`, 1, /changed/],
    ['a changed hash', `UPDATE audit_row SET hash = '${'a'.repeat(64)}' WHERE seq = 6`, 6, /changed/],
    ['the first row removed', 'DELETE FROM audit_row WHERE seq = 1', 1, /Row 1 was removed/],
    ['a row removed', 'DELETE FROM audit_row WHERE seq = 4', 4, /Row 4 was removed/],
    ['rows removed', 'DELETE FROM audit_row WHERE seq IN (3, 4)', 3, /Rows 3 to 4 were removed/],
    [
      'the newest row removed',
      'DELETE FROM audit_row WHERE seq = 6',
      6,
      /newest rows were removed: there were 6, 5 are left/,
    ],
    ['all rows removed', 'DELETE FROM audit_row', 1, /newest rows were removed: there were 6, 0 are left/],
    [
      'the newest row removed, and counted out',
      'DELETE FROM audit_row WHERE seq = 6; UPDATE audit_head SET count = 5',
      5,
      /another hash/,
    ],
    [
      'a row removed and the rest renumbered',
      'DELETE FROM audit_row WHERE seq = 3; UPDATE audit_row SET seq = seq - 1 WHERE seq > 3; UPDATE audit_head SET count = 5',
      3,
      /changed/,
    ],
    [
      'two rows swapped',
      'UPDATE audit_row SET seq = 99 WHERE seq = 3; UPDATE audit_row SET seq = 3 WHERE seq = 5; UPDATE audit_row SET seq = 5 WHERE seq = 99',
      3,
      /changed/,
    ],
    ['the head removed', 'DELETE FROM audit_head', 7, /counts the others was removed/],
    [
      'the head set back',
      `UPDATE audit_head SET count = 4, hash = (SELECT hash FROM audit_row WHERE seq = 4)`,
      5,
      /Row 5 was inserted/,
    ],
    [
      'a target that is no longer listed',
      'DELETE FROM audit_target WHERE seq = 3 AND name_id = 1',
      3,
      /under its targets/,
    ],
    [
      'a target that is listed at another time',
      'UPDATE audit_target SET at = 0 WHERE seq = 5',
      5,
      /under its targets/,
    ],
    [
      'a target by another name',
      `UPDATE audit_name SET name = 'prod/other' WHERE name = 'prod/r2'`,
      3,
      /under its targets/,
    ],
    ['a target listed for an end', 'INSERT INTO audit_target VALUES (1, 2000, 2)', 2, /under its targets/],
  ])('shows %s', async (_what, sql, brokenAt, why) => {
    const verification = await verifyAfter(sql);
    expect(verification).toMatchObject({ intact: false, brokenAt });
    expect(verification.intact || verification.why).toMatch(why);
  });

  it('shows a row inserted at the end', async () => {
    const row = { seq: 7, kind: 'begin', request_id: 'r9', at: 1, body: '{}', previous: genesis } as const;
    const values = `(7, 'begin', 'r9', 1, '{}', '${genesis}', '${rowHash(row)}')`;
    const verification = await verifyAfter(`INSERT INTO audit_row VALUES ${values}`);
    expect(verification).toMatchObject({ intact: false, brokenAt: 7 });
  });

  it('shows a row that was rewritten with a hash that fits', async () => {
    const row = {
      seq: 3,
      kind: 'begin',
      request_id: 'r2',
      at: 1,
      body: '{"targets":[]}',
      previous: genesis,
    } as const;
    const verification = await verifyAfter(
      `UPDATE audit_row SET at = 1, body = '${row.body}', previous = '${genesis}', hash = '${rowHash(row)}' WHERE seq = 3`,
    );
    expect(verification).toMatchObject({ intact: false, brokenAt: 3 });
    expect(verification.intact || verification.why).toMatch(/Row 3 doesn't follow row 2/);
  });
});

describe('the audit log, written by somebody else', () => {
  it.each([
    ['begin', '{}'],
    ['begin', 'rubbish'],
    ['end', '{"outcome":"fine"}'],
  ] as const)('shows a row that fits into the chain but is no entry: %s %s', async (kind, body) => {
    using database = temporaryDatabase();
    await using store = await sqliteStore({ file: database.path });
    const hash = rowHash({ seq: 1, kind, request_id: 'r1', at: 1, body, previous: genesis });
    database.tamper(
      `INSERT INTO audit_row VALUES (1, '${kind}', 'r1', 1, '${body}', '${genesis}', '${hash}');
       UPDATE audit_head SET count = 1, hash = '${hash}'`,
    );
    expect(await store.audit.verify()).toMatchObject({ intact: false, rows: 0, brokenAt: 1 });
  });
});

describe('the database itself', () => {
  it.each([
    'UPDATE audit_row SET at = 0',
    'DELETE FROM audit_row',
    'UPDATE audit_target SET at = 0',
    'DELETE FROM audit_target',
    `UPDATE audit_name SET name = 'x'`,
    'DELETE FROM audit_name',
    'DELETE FROM audit_head',
    'UPDATE audit_head SET count = 0',
    `UPDATE audit_head SET hash = '${genesis}'`,
    `INSERT OR REPLACE INTO audit_row SELECT seq, kind, request_id, 0, body, previous, hash FROM audit_row WHERE seq = 1`,
    `INSERT INTO audit_row VALUES (9, 'begin', 'rx', 0, '{}', '${genesis}', '${genesis}')`,
  ])('refuses %s', async (sql) => {
    using database = temporaryDatabase();
    await using store = await sqliteStore({ file: database.path });
    await store.audit.begin(auditBegin());
    expect(() => database.tamper(sql)).toThrow('append-only');
    expect(await store.audit.verify()).toMatchObject({ intact: true, rows: 1 });
  });
});

describe('the hash of a row', () => {
  it('never changes, or every log written before would count as tampered with', () => {
    const row = {
      seq: 1,
      kind: 'begin',
      request_id: 'r1',
      at: 5,
      body: '{"a":"é"}',
      previous: genesis,
    } as const;
    // printf '["000…0",1,"begin","r1",5,"{\\"a\\":\\"é\\"}"]' | sha256sum
    expect(rowHash(row)).toBe('6862c0bac57250ebadb6f4cbc53be4494b43290d57bd4863a94decb5ea516447');
  });
});
