import { describe, expect, it } from 'vitest';
import type { Store, StoredAction } from '../../src/store/store.ts';
import { auditBegin, auditEnd } from '../unit/store/audit-samples.ts';

/** An empty database, there until it is disposed of. */
export interface StorePlace extends AsyncDisposable {
  /** Opens the database; what was opened before may be open still. */
  open(now?: () => number): Promise<Store>;
}

const day = 24 * 60 * 60 * 1_000;

function storedAction(change: Partial<StoredAction> = {}): StoredAction {
  return {
    id: 'a1',
    team: 'T0TEAM',
    channel: 'C0DEPLOYS',
    message: null,
    user: 'U0ALICE',
    expiresAt: 5_000,
    content: '{"command":["ls"]}',
    ...change,
  };
}

async function requestIds(store: Store, query: Partial<Parameters<Store['audit']['entries']>[0]> = {}) {
  return (await store.audit.entries({ limit: 100, ...query })).map(({ requestId }) => requestId);
}

/** What every store must do, whatever its database. */
export function storeContract(name: string, place: () => StorePlace): void {
  describe(`${name}: the audit log`, () => {
    it('shows an entry as running until it is ended', async () => {
      await using database = place();
      await using store = await database.open();
      await store.audit.begin(auditBegin());
      const open = { ...auditBegin(), outcome: null, endedAt: null, detail: null };
      expect(await store.audit.entries({ limit: 10 })).toEqual([open]);
      await store.audit.end(auditEnd());
      const ended = { ...open, outcome: 'done', endedAt: 2_000, detail: 'web has 3 of 3 replicas' };
      expect(await store.audit.entries({ limit: 10 })).toEqual([ended]);
    });

    it('is the same after it is opened again', async () => {
      await using database = place();
      const before = await database.open();
      await before.audit.begin(auditBegin({ plan: { summary: 's', services: [{ from: 2, to: null }] } }));
      await before.audit.end(auditEnd());
      const entries = await before.audit.entries({ limit: 10 });
      const verification = await before.audit.verify();
      await before[Symbol.asyncDispose]();
      await using after = await database.open();
      expect(await after.audit.entries({ limit: 10 })).toEqual(entries);
      expect(await after.audit.verify()).toEqual(verification);
    });

    it('shows the newest first, no more than asked for, and none from before', async () => {
      await using database = place();
      await using store = await database.open();
      for (const at of [1, 3, 2]) await store.audit.begin(auditBegin({ requestId: `r${at}`, at }));
      expect(await requestIds(store)).toEqual(['r3', 'r2', 'r1']);
      expect(await requestIds(store, { limit: 2 })).toEqual(['r3', 'r2']);
      expect(await requestIds(store, { since: 2 })).toEqual(['r3', 'r2']);
      expect(await requestIds(store, { limit: 0 })).toEqual([]);
      expect(await requestIds(store, { limit: -1 })).toEqual([]);
    });

    it('finds entries by their targets, with * as the only wildcard', async () => {
      await using database = place();
      await using store = await database.open();
      const targets = ['prod/shop_web', 'prod/shopXweb', 'prod/100%', 'prod/node:n1', 'prod', 'prod/[a]?'];
      for (const [index, target] of targets.entries())
        await store.audit.begin(auditBegin({ requestId: target, at: index, targets: [target] }));
      const found = (pattern: string) => requestIds(store, { targets: [pattern] });
      expect(await found('prod/shop_web')).toEqual(['prod/shop_web']);
      expect(await found('prod/shop_*')).toEqual(['prod/shop_web']);
      expect(await found('prod/shop*')).toEqual(['prod/shopXweb', 'prod/shop_web']);
      expect(await found('prod/100%')).toEqual(['prod/100%']);
      expect(await found('prod/%')).toEqual([]);
      expect(await found('PROD/*')).toEqual([]);
      expect(await found('prod/[a]?')).toEqual(['prod/[a]?']);
      expect(await found('*')).toEqual(targets.toReversed());
      expect(await requestIds(store, { targets: [] })).toEqual([]);
    });

    it('shows an entry once that matches with several targets and patterns', async () => {
      await using database = place();
      await using store = await database.open();
      await store.audit.begin(auditBegin({ targets: ['prod/a', 'prod/b', 'prod/a'] }));
      expect(await requestIds(store, { targets: ['prod/*', 'prod/a', '*b'] })).toEqual(['r1']);
    });

    it('finds the newest among many targets', async () => {
      await using database = place();
      await using store = await database.open();
      for (let index = 0; index < 40; index += 1) {
        const targets = [`prod/s${index % 20}`, 'other/x'];
        await store.audit.begin(auditBegin({ requestId: `r${index}`, at: index, targets }));
      }
      expect(await requestIds(store, { targets: ['prod/*'], limit: 3 })).toEqual(['r39', 'r38', 'r37']);
      expect(await requestIds(store, { targets: ['prod/*'], since: 38 })).toEqual(['r39', 'r38']);
      expect(await requestIds(store, { targets: ['prod/s1*'] })).toHaveLength(22);
      expect(await requestIds(store, { targets: ['prod/s1', 'prod/s2'] })).toEqual([
        'r22',
        'r21',
        'r2',
        'r1',
      ]);
    });

    it('refuses a request that begins twice, ends twice, or ends without a beginning', async () => {
      await using database = place();
      await using store = await database.open();
      await expect(store.audit.end(auditEnd())).rejects.toMatchObject({ kind: 'conflict' });
      await store.audit.begin(auditBegin());
      await expect(store.audit.begin(auditBegin())).rejects.toMatchObject({ kind: 'conflict' });
      await store.audit.end(auditEnd());
      await expect(store.audit.end(auditEnd({ outcome: 'failed' }))).rejects.toMatchObject({
        kind: 'conflict',
      });
      await expect(store.audit.begin(auditBegin())).rejects.toMatchObject({ kind: 'conflict' });
      expect(await store.audit.verify()).toMatchObject({ intact: true, rows: 2 });
    });

    it('takes beginnings and ends that come all at once', async () => {
      await using database = place();
      await using store = await database.open();
      const ids = Array.from({ length: 50 }, (_, index) => `r${index}`);
      await Promise.all(
        ids.map(async (requestId) => {
          await store.audit.begin(auditBegin({ requestId }));
          await store.audit.end(auditEnd({ requestId }));
        }),
      );
      expect((await requestIds(store)).toSorted()).toEqual(ids.toSorted());
      expect(await store.audit.verify()).toMatchObject({ intact: true, rows: 100 });
    });

    it('lets one of several win that begin the same request at once', async () => {
      await using database = place();
      await using store = await database.open();
      const all = await Promise.allSettled([1, 2, 3].map(() => store.audit.begin(auditBegin())));
      expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await store.audit.verify()).toMatchObject({ intact: true, rows: 1 });
    });

    it('ends what was cut off as unknown, once', async () => {
      await using database = place();
      const before = await database.open();
      for (const requestId of ['r1', 'r2', 'r3']) await before.audit.begin(auditBegin({ requestId }));
      await before.audit.end(auditEnd({ requestId: 'r2' }));
      await before[Symbol.asyncDispose]();
      await using after = await database.open();
      const closed = await after.audit.closeInterrupted(9_000);
      expect(closed.map(({ requestId }) => requestId)).toEqual(['r1', 'r3']);
      expect(closed[0]).toMatchObject({ outcome: 'unknown', endedAt: 9_000, command: 'service scale web=3' });
      expect(await after.audit.closeInterrupted(9_001)).toEqual([]);
      await expect(after.audit.end(auditEnd())).rejects.toMatchObject({ kind: 'conflict' });
      expect(await after.audit.verify()).toMatchObject({ intact: true, rows: 6 });
    });

    it('ends what was cut off as it is told to', async () => {
      await using database = place();
      await using store = await database.open();
      for (const requestId of ['r1', 'r2']) await store.audit.begin(auditBegin({ requestId }));
      const closed = await store.audit.closeInterrupted(9_000, ({ requestId }) =>
        requestId === 'r1'
          ? { outcome: 'refused', detail: 'not begun' }
          : { outcome: 'unknown', detail: 'cut off' },
      );
      expect(closed).toMatchObject([
        { requestId: 'r1', outcome: 'refused', detail: 'not begun' },
        { requestId: 'r2', outcome: 'unknown', detail: 'cut off' },
      ]);
      expect(await store.audit.verify()).toMatchObject({ intact: true, rows: 4 });
    });

    it('gives one entry by its request, open or ended', async () => {
      await using database = place();
      await using store = await database.open();
      expect(await store.audit.entry('r1')).toBeNull();
      await store.audit.begin(auditBegin({ requestId: 'r1' }));
      await store.audit.begin(auditBegin({ requestId: 'r2' }));
      expect(await store.audit.entry('r1')).toMatchObject({ requestId: 'r1', outcome: null });
      await store.audit.end(auditEnd({ requestId: 'r1' }));
      expect(await store.audit.entry('r1')).toMatchObject({ requestId: 'r1', outcome: 'done' });
    });

    it('cuts what is too long and keeps what is no valid text', async () => {
      await using database = place();
      await using store = await database.open();
      await store.audit.begin(
        auditBegin({
          requestId: 'id \ud800 🎉 \0',
          command: `${'x'.repeat(11_999)}🎉tail`,
          targets: ['prod/\udfff🎉'],
          rule: 'a\0b',
          plan: { summary: 'lone \ud800', deep: [{ '\udc00': '\0' }] },
        }),
      );
      await store.audit.end(auditEnd({ requestId: 'id \ud800 🎉 \0', detail: 'y'.repeat(10_000) }));
      const [entry] = await store.audit.entries({ limit: 1 });
      expect(entry?.command).toHaveLength(12_000);
      expect(entry?.command.isWellFormed()).toBe(true);
      expect(entry?.detail).toHaveLength(4_000);
      expect(entry).toMatchObject({ requestId: 'id \ufffd 🎉 \ufffd', targets: ['prod/\ufffd🎉'] });
      expect(await store.audit.verify()).toMatchObject({ intact: true, rows: 2 });
    });

    it('keeps the summary of a plan that is too long, and no plan as null', async () => {
      await using database = place();
      await using store = await database.open();
      await store.audit.begin(auditBegin({ plan: { summary: 'scale', spec: 'x'.repeat(1_000_000) } }));
      await store.audit.begin(auditBegin({ requestId: 'r2', plan: undefined }));
      const [none, long] = await store.audit.entries({ limit: 2 });
      expect(none?.plan).toBeNull();
      expect(long?.plan).toMatchObject({ summary: 'scale' });
      expect(JSON.stringify(long?.plan).length).toBeLessThan(1_000);
    });

    it('has a head that tells one log from another', async () => {
      await using one = place();
      await using other = place();
      await using first = await one.open();
      await using second = await other.open();
      expect(await first.audit.verify()).toEqual(await second.audit.verify());
      await first.audit.begin(auditBegin());
      await second.audit.begin(auditBegin({ user: 'U0BOB' }));
      const [a, b] = [await first.audit.verify(), await second.audit.verify()];
      expect(a.intact && b.intact && a.head !== b.head).toBe(true);
    });
  });

  describe(`${name}: deliveries`, () => {
    it('lets a delivery be claimed once, also after a restart', async () => {
      await using database = place();
      const before = await database.open();
      expect(await before.deliveries.claim('d1', 1_000)).toBe(true);
      expect(await before.deliveries.claim('d1', 1_001)).toBe(false);
      expect(await before.deliveries.claim('d2', 1_001)).toBe(true);
      await before[Symbol.asyncDispose]();
      await using after = await database.open();
      expect(await after.deliveries.claim('d1', 1_002)).toBe(false);
    });

    it('lets one of many win that claim at once', async () => {
      await using database = place();
      await using store = await database.open();
      const claims = await Promise.all(Array.from({ length: 20 }, () => store.deliveries.claim('d1', 1)));
      expect(claims.filter(Boolean)).toHaveLength(1);
    });

    it('forgets claims that are older than a day', async () => {
      await using database = place();
      await using store = await database.open();
      await store.deliveries.claim('d1', 0);
      expect(await store.deliveries.claim('d1', day)).toBe(false);
      expect(await store.deliveries.claim('d1', day + 1)).toBe(true);
    });
  });

  describe(`${name}: requests that were taken`, () => {
    const { requestId, at, team, user, channel, entry, command } = auditBegin();
    const request = { requestId, at, team, user, channel, entry, command, thread: null };

    it('are kept until the audit log has them, also after a restart', async () => {
      await using database = place();
      const before = await database.open();
      await before.deliveries.claim('d2', 2, { ...request, requestId: 'r2', at: 2_000, thread: '17.1' });
      await before.deliveries.claim('d1', 1, request);
      await before[Symbol.asyncDispose]();
      await using after = await database.open();
      const second = { ...request, requestId: 'r2', at: 2_000, thread: '17.1' };
      expect(await after.deliveries.taken()).toEqual([request, second]);
      await after.audit.begin(auditBegin());
      expect(await after.deliveries.taken()).toEqual([second]);
    });

    it('are not kept when they are delivered again, or when they came to nothing', async () => {
      await using database = place();
      await using store = await database.open();
      await store.deliveries.claim('d1', 1, request);
      await store.deliveries.forget(requestId);
      await store.deliveries.claim('d1', 1, request);
      expect(await store.deliveries.taken()).toEqual([]);
    });
  });

  describe(`${name}: announcements`, () => {
    const intended = { requestId: 'r1', channel: 'C0DEPLOYS', thread: null, message: null, at: 1_000 };

    it('keeps what is still to be told, oldest first, also after it is opened again', async () => {
      await using database = place();
      const before = await database.open();
      await before.announcements.put({ ...intended, requestId: 'r2', thread: '17.1', at: 2_000 });
      await before.announcements.put(intended);
      await before.announcements.posted('r1', '17.25');
      await before[Symbol.asyncDispose]();
      await using after = await database.open();
      expect(await after.announcements.open()).toEqual([
        { ...intended, message: '17.25' },
        { ...intended, requestId: 'r2', thread: '17.1', at: 2_000 },
      ]);
    });

    it('forgets what was told, and nothing else', async () => {
      await using database = place();
      await using store = await database.open();
      await store.announcements.put(intended);
      await store.announcements.put({ ...intended, requestId: 'r2' });
      await store.announcements.forget('r1');
      await store.announcements.forget('unknown');
      expect(await store.announcements.open()).toEqual([{ ...intended, requestId: 'r2' }]);
    });

    it('refuses a second one of the same request', async () => {
      await using database = place();
      await using store = await database.open();
      await store.announcements.put(intended);
      await expect(store.announcements.put(intended)).rejects.toMatchObject({ kind: 'unavailable' });
    });
  });

  describe(`${name}: actions`, () => {
    it('gives back what was put, and null for what was not', async () => {
      await using database = place();
      await using store = await database.open();
      const action = storedAction();
      await store.actions.put([action, storedAction({ id: 'a2', user: null, message: '17.1' })]);
      expect(await store.actions.get('a1', 0)).toEqual(action);
      expect(await store.actions.get('a2', 0)).toEqual(
        storedAction({ id: 'a2', user: null, message: '17.1' }),
      );
      expect(await store.actions.get('a3', 0)).toBeNull();
    });

    it('binds actions to the message that they were posted in', async () => {
      await using database = place();
      await using store = await database.open();
      await store.actions.put(['a1', 'a2', 'a3'].map((id) => storedAction({ id })));
      await store.actions.bind(['a1', 'a3', 'unknown'], '17.25');
      const messages = await Promise.all(['a1', 'a2', 'a3'].map((id) => store.actions.get(id, 0)));
      expect(messages.map((action) => action?.message)).toEqual(['17.25', null, '17.25']);
    });

    it('takes empty lists', async () => {
      await using database = place();
      await using store = await database.open();
      await store.actions.put([]);
      await store.actions.bind([], '17.25');
      expect(await store.actions.get('a1', 0)).toBeNull();
    });

    it('does not give what expired, and deletes it when others are put', async () => {
      await using database = place();
      let now = 0;
      await using store = await database.open(() => now);
      await store.actions.put([storedAction({ expiresAt: 5_000 })]);
      expect(await store.actions.get('a1', 4_999)).not.toBeNull();
      expect(await store.actions.get('a1', 5_000)).toBeNull();
      now = 5_000;
      await store.actions.put([storedAction({ id: 'a2', expiresAt: 9_000 })]);
      expect(await store.actions.get('a1', 0)).toBeNull();
      expect(await store.actions.get('a2', 0)).not.toBeNull();
    });

    it('puts all of a list or none of it', async () => {
      await using database = place();
      await using store = await database.open();
      await store.actions.put([storedAction({ id: 'a2' })]);
      const put = store.actions.put([storedAction({ id: 'a1' }), storedAction({ id: 'a2' })]);
      await expect(put).rejects.toMatchObject({ kind: 'unavailable' });
      expect(await store.actions.get('a1', 0)).toBeNull();
    });
  });
}
