import { beforeEach, describe, expect, it } from 'vitest';
import { closeInterrupted, tellInterrupted } from '../../../src/dispatch/tell-interrupted.ts';
import type { AnnouncedAt } from '../../../src/dispatch/request.ts';
import { connectEngines } from '../../../src/engine/connect-engines.ts';
import { sqliteStore } from '../../../src/store/sqlite-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { Failure } from '../../../src/swarm/failure.ts';
import { auditBegin, auditEnd } from '../store/audit-samples.ts';

const engines = connectEngines({ prod: { host: 'unix:///nonexistent/docker.sock' } }, {});
const place = { channel: 'C0DEPLOYS', thread: null, at: 1_000 };
const change = { plan: { summary: 'scale web from 2 to 3' }, targets: ['prod/web'], cluster: 'prod' };

describe('after a start, what an earlier process left', () => {
  let store: Store;
  beforeEach(async () => {
    store = await sqliteStore({ file: ':memory:' });
    return async () => store[Symbol.asyncDispose]();
  });

  /** A start: what it told, and where. */
  async function start({
    refused = false,
    signal = new AbortController().signal,
    meanwhile = async () => {},
    announcements = store.announcements,
  } = {}) {
    const { audit } = store;
    const told: { at: AnnouncedAt; text: string }[] = [];
    const tools = {
      audit,
      announcements,
      log: { info: ignore, warn: ignore, error: ignore },
      now: () => 9_000,
    };
    const interrupted = await closeInterrupted(tools);
    await meanwhile();
    await tellInterrupted(interrupted, {
      ...tools,
      engines,
      signal,
      resume: (at) => ({
        message: at.message,
        update: ignore,
        async finish(answer) {
          if (refused) throw new Failure('unavailable', 'Slack refused it.');
          told.push({ at, text: JSON.stringify(answer) });
        },
      }),
    });
    const entry = await audit.entry('r1');
    return { told, outcome: entry?.outcome, left: await announcements.open() };
  }

  it('was followed: is told in its message as unknown, with how things are now, once', async () => {
    await store.audit.begin(auditBegin({ requestId: 'r1', ...change }));
    await store.announcements.put({ requestId: 'r1', ...place, message: '17.1' });
    const first = await start();
    expect(first).toMatchObject({ outcome: 'unknown', left: [] });
    expect(first.told).toMatchObject([{ at: { channel: 'C0DEPLOYS', message: '17.1' } }]);
    expect(first.told[0]?.text).not.toContain('left behind');
    expect(first.told[0]?.text).toMatch(/unknown.*Now: .*web.*could not be read.*nonexistent/);
    expect((await start()).told).toEqual([]);
  });

  it.each([
    ['before its message was posted', { requestId: 'r1', ...place, message: null }],
    ['before anything of its message was stored', null],
  ])('was not begun, cut off %s: is told as refused, in a message of its own', async (_, announcement) => {
    await store.audit.begin(auditBegin({ requestId: 'r1', channel: 'C0DEPLOYS', ...change }));
    if (announcement !== null) await store.announcements.put(announcement);
    const { told, outcome, left } = await start();
    expect(outcome).toBe('refused');
    expect(told).toMatchObject([{ at: { channel: 'C0DEPLOYS', message: null } }]);
    expect(told[0]?.text).toMatch(/Nothing was changed.*message above.*left behind/);
    expect(left).toEqual([]);
  });

  it('had ended, and was not told: is told as it ended', async () => {
    await store.audit.begin(auditBegin({ requestId: 'r1', ...change }));
    await store.announcements.put({ requestId: 'r1', ...place, message: '17.1' });
    await store.audit.end(auditEnd({ requestId: 'r1', outcome: 'rolled back', detail: 'web is back' }));
    const { told, outcome } = await start();
    expect(outcome).toBe('rolled back');
    expect(told[0]?.text).toMatch(/rolled back.*web is back/);
  });

  it('only read: is ended as unknown, and told nowhere', async () => {
    await store.audit.begin(auditBegin({ requestId: 'r1', plan: null }));
    expect(await start()).toEqual({ told: [], outcome: 'unknown', left: [] });
  });

  it('is not confused with what begins meanwhile', async () => {
    const { told, outcome, left } = await start({
      async meanwhile() {
        await store.audit.begin(auditBegin({ requestId: 'r1', ...change }));
        await store.announcements.put({ requestId: 'r1', ...place, message: '17.1' });
      },
    });
    expect(told).toEqual([]);
    expect(outcome).toBeNull();
    expect(left).toHaveLength(1);
  });

  it('can never be told: is given up', async () => {
    await store.announcements.put({ requestId: 'r1', ...place, message: '17.1' });
    await store.audit.begin(auditBegin({ requestId: 'r1', ...change }));
    expect(await start({ refused: true })).toMatchObject({ told: [], left: [] });
  });

  it('is all told while the database is locked, and forgotten when it is not any more', async () => {
    for (const requestId of ['r1', 'r2']) {
      await store.audit.begin(auditBegin({ requestId, ...change }));
      await store.announcements.put({ requestId, ...place, message: `${requestId}.1` });
    }
    let locked = 2;
    const forget = async (requestId: string) => {
      locked -= 1;
      if (locked >= 0) throw new Failure('unavailable', 'The database is locked.');
      await store.announcements.forget(requestId);
    };
    const { told, left } = await start({ announcements: { ...store.announcements, forget } });
    expect(told.map(({ at }) => at.message)).toEqual(['r1.1', 'r2.1']);
    expect(left).toEqual([]);
  });

  it('could not be told before the next stop: is kept for the next start', async () => {
    await store.audit.begin(auditBegin({ requestId: 'r1', ...change }));
    await store.announcements.put({ requestId: 'r1', ...place, message: '17.1' });
    expect((await start({ signal: AbortSignal.abort() })).left).toHaveLength(1);
    expect((await start()).told).toHaveLength(1);
  });
});

function ignore(): void {
  // What is logged and shown meanwhile is not what these tests look at.
}
