import type { Decision } from '../policy/policy.ts';
import { Failure } from '../swarm/failure.ts';

/** Policy says no. Thrown and told like any other failure, with the rule and who could. */
export class Denied extends Failure {
  override readonly name = 'Denied';
  readonly decision: Decision;

  constructor(decision: Decision) {
    super('denied', decision.reason);
    this.decision = decision;
  }
}
