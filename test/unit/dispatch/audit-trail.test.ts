import { describe, expect, it } from 'vitest';
import { auditTrail } from '../../../src/dispatch/audit-trail.ts';
import { sqliteStore } from '../../../src/store/sqlite-store.ts';

describe('writes no secret down, neither in the command nor in the sentence that quotes it,', () => {
  it.each([
    ['of a key that looks secret', 'ls DB_PASSWORD=hunter8', 'ls DB_PASSWORD=••••'],
    [
      'of an environment, in a line that is wrong',
      'service update --env-add GREETING=hunter8 --imag x web',
      'service update --env-add GREETING=•••• --imag x web',
    ],
    [
      'behind a quote that is not closed',
      'service update web --env-add "GREETING=my hunter8',
      'service update web --env-add GREETING=••••',
    ],
    ['of words', ['service', 'update', '--env-add', 'A=hunter8'], 'service update --env-add A=••••'],
  ])('%s', async (_, command, written) => {
    await using store = await sqliteStore({ file: ':memory:' });
    const request = {
      id: 'r1',
      entry: 'command',
      team: 'T1',
      user: 'U1',
      channel: 'C1',
      thread: null,
      command,
      reply: { whisper: () => Promise.reject(), announce: () => Promise.reject() },
    } as const;
    const trail = auditTrail(store.audit, request, () => 1000);
    await trail.close('service ls takes no arguments, but was given "DB_PASSWORD=hunter8".');
    const [entry] = await store.audit.entries({ limit: 1 });
    expect(entry?.command).toBe(written);
    expect(entry?.detail).toContain('DB_PASSWORD=');
    expect(JSON.stringify(entry)).not.toContain('hunter8');
  });
});
