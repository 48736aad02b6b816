import type { AuditBegin, AuditEnd } from '../../../src/store/store.ts';

export function auditBegin(change: Partial<AuditBegin> = {}): AuditBegin {
  return {
    requestId: 'r1',
    at: 1_000,
    team: 'T0TEAM',
    user: 'U0ALICE',
    channel: 'C0DEPLOYS',
    entry: 'command',
    cluster: 'prod',
    operation: 'service.scale',
    command: 'service scale web=3',
    targets: ['prod/web'],
    decision: 'allowed',
    rule: 'grants[1]',
    plan: { summary: 'scale web from 2 to 3' },
    ...change,
  };
}

export function auditEnd(change: Partial<AuditEnd> = {}): AuditEnd {
  return { requestId: 'r1', at: 2_000, outcome: 'done', detail: 'web has 3 of 3 replicas', ...change };
}
