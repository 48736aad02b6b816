import type { Operation } from '../operations/operation.ts';
import { authorize } from '../policy/authorize.ts';
import type { Decision, Person, Policy, Scope } from '../policy/policy.ts';
import type { Target } from '../swarm/target.ts';

/** What one person may do from one channel, by the policy of this very moment. */
export interface Access {
  /** May they use commands here at all? Asked before a mistake is explained to them. */
  admission(): Decision;
  /** Could they do this to anything in the cluster? Asked before the engine is. */
  toAnything(operation: Operation, cluster: string): Decision;
  toList(operation: Operation, cluster: string): Decision;
  toTargets(operation: Operation, targets: readonly Target[]): Decision;
}

/** Binds `authorize` to who asks and from where; `policy` is read anew at every question. */
export function accessOf(policy: () => Policy, person: Person, channel: string): Access {
  const ask = (operation: Pick<Operation, 'name' | 'open'>, targets: Scope) =>
    authorize(policy(), {
      person,
      channel,
      operation: operation.name,
      open: operation.open === true,
      targets,
    });
  return {
    admission: () =>
      ask({ name: 'help', open: true }, { kind: 'any', cluster: policy().channels[channel]?.cluster ?? '' }),
    toAnything: (operation, cluster) => ask(operation, { kind: 'any', cluster }),
    toList: (operation, cluster) => ask(operation, { kind: 'list', cluster }),
    toTargets: (operation, targets) => ask(operation, { kind: 'some', targets }),
  };
}
