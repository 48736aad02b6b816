import { z } from 'zod';
import { maskCommand } from '../swarm/masking.ts';
import { read } from './operation.ts';
import { peopleList } from './people-list.ts';

/** Everything after `can-i` is the command that is asked about, its flags included. */
export const canI = read({
  name: 'can-i',
  words: ['can-i'],
  shortForms: [],
  summary: 'Say whether you may run a command here, and which rule decides',
  arguments: 'COMMAND...',
  flags: {},
  verbatim: true,
  example: 'can-i service scale web=3',
  open: true,
  input: z
    .object({
      args: z.array(z.string()).min(1, 'can-i needs the command that you ask about.'),
    })
    .transform(({ args }) => args),
  targets: async () => ({ kind: 'list' }),
  async run(words, { decide }) {
    const verdict = await decide(words);
    return [
      {
        kind: 'text',
        text: [
          { strong: verdict.allowed ? 'Yes' : 'No' },
          ': ',
          { code: maskCommand(words).join(' ') },
          '. ',
          verdict.reason,
        ],
      },
      {
        kind: 'facts',
        facts: [
          { label: 'Decided by', value: [{ code: verdict.rule }] },
          ...(verdict.allowed || verdict.others.length === 0
            ? []
            : [{ label: 'Granted to', value: peopleList(verdict.others) }]),
        ],
      },
    ];
  },
});
