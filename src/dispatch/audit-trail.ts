import type { Decision } from '../policy/policy.ts';
import type { AuditEnd, AuditLog, AuditOutcome } from '../store/store.ts';
import { maskText } from '../swarm/masking.ts';
import { type Target, targetName } from '../swarm/target.ts';
import type { Request } from './request.ts';
import { shownCommand } from './shown-command.ts';

/** What is known of a request so far; it grows on the request's way. */
interface TrailFacts {
  readonly operation: string;
  /** As typed, or as words once it is understood. */
  readonly command: string | readonly string[];
  readonly cluster: string | null;
  readonly targets: readonly Target[];
  readonly decision: Pick<Decision, 'allowed' | 'rule'>;
}

/** One request's audit entry: begun at most once, ended at most once. */
export interface AuditTrail {
  learn(facts: Partial<TrailFacts>): void;
  /** Durable when it resolves. `plan` is what is about to be changed, for a change. */
  begin(plan?: unknown): Promise<void>;
  end(outcome: AuditOutcome, detail: string): Promise<void>;
  /**
   * Writes what is missing: for a request that ends early. What `end` was given when it could not be written; or else
   * `failed` if it was begun, and `refused` if not. May be tried again.
   */
  close(detail: string): Promise<void>;
}

/** @param now milliseconds since 1970. */
export function auditTrail(audit: AuditLog, request: Request, now: () => number): AuditTrail {
  let facts: TrailFacts = {
    operation: 'unknown',
    command: request.command,
    cluster: null,
    targets: [],
    decision: { allowed: false, rule: 'not decided' },
  };
  let state: 'new' | 'begun' | 'ended' = 'new';
  let ending: Pick<AuditEnd, 'outcome' | 'detail'> | undefined;

  const trail: AuditTrail = {
    learn(more) {
      facts = { ...facts, ...more };
    },
    async begin(plan = null) {
      await audit.begin({
        requestId: request.id,
        at: now(),
        team: request.team,
        user: request.user,
        channel: request.channel,
        entry: request.entry,
        cluster: facts.cluster,
        operation: facts.operation,
        command: shownCommand(facts.command),
        // A service whose labels change is touched as it is and as it will be.
        targets: [...new Set(facts.targets.map(targetName))],
        decision: facts.decision.allowed ? 'allowed' : 'denied',
        rule: facts.decision.rule,
        plan,
      });
      state = 'begun';
    },
    async end(outcome, detail) {
      // Sentences quote what was typed.
      ending = { outcome, detail: maskText(detail) };
      await audit.end({ requestId: request.id, at: now(), ...ending });
      state = 'ended';
    },
    async close(detail) {
      if (state === 'ended') return;
      ending ??= { outcome: state === 'new' ? 'refused' : 'failed', detail };
      if (state === 'new') await trail.begin();
      await trail.end(ending.outcome, ending.detail);
    },
  };
  return trail;
}
