import type { Answer } from '../operations/answer.ts';
import { peopleList } from '../operations/people-list.ts';
import type { Decision } from '../policy/policy.ts';
import type { Failure } from '../swarm/failure.ts';

/** A failure as the asker is told it: what was wrong, what was expected, an example. */
export function failureAnswer(failure: Failure): Answer {
  return [
    { kind: 'text', text: [failure.message] },
    ...(failure.usage === undefined
      ? []
      : [{ kind: 'text', text: ['Usage: ', { code: failure.usage }] } as const]),
    ...(failure.example === undefined
      ? []
      : [{ kind: 'text', text: ['Example: ', { code: failure.example }] } as const]),
  ];
}

/** A refusal as the asker is told it: the reason, the rule, and who could. */
export function denialAnswer(command: string, decision: Decision): Answer {
  return [
    { kind: 'text', text: ['You may not run ', { code: command }, ' here. ', decision.reason] },
    ...(decision.others.length === 0
      ? []
      : [{ kind: 'text', text: ['Granted to: ', ...peopleList(decision.others)] } as const]),
    { kind: 'note', text: ['Decided by ', { code: decision.rule }] },
  ];
}

/** What the asker is told when it is Shipmate that broke: the request id leads to the log. */
export function unexpectedAnswer(requestId: string): Answer {
  return [
    {
      kind: 'text',
      text: [
        'Something went wrong inside Shipmate; its log says more under request ',
        { code: requestId },
        '.',
      ],
    },
  ];
}
