import { expect, it } from 'vitest';
import { auditTrail } from '../../../src/dispatch/audit-trail.ts';
import { sqliteStore } from '../../../src/store/sqlite-store.ts';

it('writes no secret down, neither in the command nor in the sentence that quotes it', async () => {
  await using store = await sqliteStore({ file: ':memory:' });
  const request = {
    id: 'r1',
    entry: 'command',
    team: 'T1',
    user: 'U1',
    channel: 'C1',
    thread: null,
    command: 'ls DB_PASSWORD=hunter8',
    reply: { whisper: () => Promise.reject(), announce: () => Promise.reject() },
  } as const;
  const trail = auditTrail(store.audit, request, () => 1000);
  await trail.close('service ls takes no arguments, but was given "DB_PASSWORD=hunter8".');
  const [entry] = await store.audit.entries({ limit: 1 });
  expect(JSON.stringify(entry)).toContain('DB_PASSWORD=');
  expect(JSON.stringify(entry)).not.toContain('hunter8');
});
