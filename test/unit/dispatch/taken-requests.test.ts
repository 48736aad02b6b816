import { beforeEach, describe, expect, it } from 'vitest';
import { closeTaken, requestDeliveries, tellTaken } from '../../../src/dispatch/taken-requests.ts';
import { sqliteStore } from '../../../src/store/sqlite-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { Failure } from '../../../src/swarm/failure.ts';

const request = {
  id: 'r1',
  entry: 'command',
  team: 'T0TEAM',
  user: 'U0ALICE',
  channel: 'C0DEPLOYS',
  thread: '17.1',
  command: 'service update --env-add TOKEN=hunter2 web',
} as const;
const shown = /^service update --env-add TOKEN=\S+ web$/;
const log = { info: ignore, warn: ignore, error: ignore };

describe('a request that a kill cut off before the audit log had it', () => {
  let store: Store;
  beforeEach(async () => {
    store = await sqliteStore({ file: ':memory:' });
    await requestDeliveries(store.deliveries).claim('command:1', 1_000, request);
    return async () => store[Symbol.asyncDispose]();
  });

  const close = () => closeTaken({ audit: store.audit, deliveries: store.deliveries, log, now: () => 9_000 });

  it('is written down as refused, once, without its secrets', async () => {
    await close();
    expect(await close()).toEqual([]);
    const entries = await store.audit.entries({ limit: 10 });
    expect(entries).toMatchObject([
      {
        requestId: 'r1',
        at: 1_000,
        user: 'U0ALICE',
        decision: 'denied',
        plan: null,
        outcome: 'refused',
        endedAt: 9_000,
      },
    ]);
    expect(entries[0]?.detail).toContain('Nothing was changed');
    expect(entries[0]?.command).toMatch(shown);
    expect(JSON.stringify(entries)).not.toContain('hunter2');
  });

  it('is told to whoever asked, where they asked', async () => {
    const told: unknown[] = [];
    await tellTaken(await close(), { log, whisper: async (...words) => void told.push(words) });
    expect(told).toMatchObject([
      [{ user: 'U0ALICE', channel: 'C0DEPLOYS', thread: '17.1' }, expect.anything()],
    ]);
    expect(JSON.stringify(told)).toMatch(/restarted.*Nothing was changed/);
    expect(JSON.stringify(told)).not.toContain('hunter2');
  });

  it('keeps nobody from being told when another can not be', async () => {
    await requestDeliveries(store.deliveries).claim('command:2', 2_000, {
      ...request,
      id: 'r2',
      user: 'U0BOB',
    });
    const told: string[] = [];
    await tellTaken(await close(), {
      log,
      async whisper({ user }) {
        if (user === 'U0ALICE') throw new Failure('unavailable', 'Slack refused it.');
        told.push(user);
      },
    });
    expect(told).toEqual(['U0BOB']);
  });
});

function ignore(): void {
  // What is logged meanwhile is not what these tests look at.
}
