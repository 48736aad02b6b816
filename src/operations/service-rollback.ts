import { z } from 'zod';
import { applyServiceChange } from './apply-service-change.ts';
import { change } from './operation.ts';
import { realPace } from './pace.ts';
import { planRollback, previousSpec, targetsOfChange } from './plan-service-change.ts';
import { referenceArguments } from './reference-arguments.ts';
import { updatePatience } from './service-update.ts';

export const serviceRollback = change({
  name: 'service.rollback',
  words: ['service', 'rollback'],
  shortForms: [['rollback']],
  summary: 'Take a service back to its previous spec, and follow it until it runs',
  arguments: 'SERVICE',
  flags: { detach: { type: 'boolean', short: 'd', summary: 'Send it, and don’t follow it' } },
  example: 'service rollback web',
  input: z.object({
    args: referenceArguments({ command: 'service rollback', noun: 'service', least: 1, most: 1 }),
    flags: z.object({ detach: z.boolean().default(false) }),
  }),

  async targets({ args: [reference = ''] }, { engine, signal }) {
    const service = await engine.service(reference, { signal });
    return { kind: 'some', targets: targetsOfChange(engine.cluster, service, previousSpec(service)) };
  },

  plan: ({ args: [reference = ''], flags }, tools) => planRollback(reference, flags.detach, tools),

  apply: (plan, tools) =>
    applyServiceChange(plan, { ...tools, ...realPace(tools.now), patience: updatePatience }),
});
