import { describe, expect, it } from 'vitest';
import { countedAudit, countedDeliveries } from '../../../src/observability/counted-store.ts';
import { metrics } from '../../../src/observability/metrics.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { AuditBegin } from '../../../src/store/store.ts';

const entry: AuditBegin = {
  requestId: 'r1',
  at: 1_000,
  team: 'T1',
  user: 'U1',
  channel: 'C1',
  entry: 'command',
  cluster: 'prod',
  operation: 'service.scale',
  command: 'service scale web=3',
  targets: ['prod/web'],
  decision: 'allowed',
  rule: 'grants[0]',
  plan: { summary: 'web: 2 to 3' },
};

describe('the counted audit log', () => {
  it('counts a request by what became of it, and how long that took', async () => {
    await using store = await openStore('sqlite::memory:');
    const counts = metrics();
    const audit = countedAudit(store.audit, counts);
    await audit.begin(entry);
    expect(await counts.text()).toContain('shipmate_changes_running 1\n');
    await audit.end({ requestId: 'r1', at: 4_000, outcome: 'rolled back', detail: '' });
    const text = await counts.text();
    expect(text).toContain('shipmate_changes_running 0\n');
    expect(text).toContain(
      'shipmate_requests_total{operation="service.scale",entry="command",decision="allowed",outcome="rolled back"} 1\n',
    );
    expect(text).toContain('shipmate_request_duration_seconds_sum{operation="service.scale"} 3\n');
    expect(await store.audit.entries({ limit: 5 })).toMatchObject([{ outcome: 'rolled back' }]);
  });

  it('takes no read for a change', async () => {
    await using store = await openStore('sqlite::memory:');
    const counts = metrics();
    await countedAudit(store.audit, counts).begin({ ...entry, plan: null });
    expect(await counts.text()).toContain('shipmate_changes_running 0\n');
  });

  it('counts what could not be written, and hides it from nobody', async () => {
    const store = await openStore('sqlite::memory:');
    await store[Symbol.asyncDispose]();
    const counts = metrics();
    await expect(countedAudit(store.audit, counts).begin(entry)).rejects.toThrow(/database/);
    const text = await counts.text();
    expect(text).toContain('shipmate_audit_write_failures_total 1\n');
    expect(text).toContain('shipmate_changes_running 0\n');
  });
});

describe('counted deliveries', () => {
  it('are counted when they come again', async () => {
    await using store = await openStore('sqlite::memory:');
    const counts = metrics();
    const deliveries = countedDeliveries(store.deliveries, counts);
    expect(await deliveries.claim('command:1', 1)).toBe(true);
    expect(await deliveries.claim('command:1', 2)).toBe(false);
    expect(await counts.text()).toContain('shipmate_deliveries_repeated_total{kind="command"} 1\n');
  });
});
