import { z } from 'zod';
import { serviceTarget } from '../swarm/service-target.ts';
import { applyScale } from './apply-scale.ts';
import { change } from './operation.ts';
import { realPace } from './pace.ts';
import { planScale, scaledServices } from './plan-scale.ts';
import { scaleArguments } from './scale-arguments.ts';

/** Milliseconds in which a scale has to converge before it is told as failed. */
const patience = 5 * 60_000;

export const serviceScale = change({
  name: 'service.scale',
  words: ['service', 'scale'],
  shortForms: [['scale']],
  summary: 'Scale one or several replicated services, and follow them until they run',
  arguments: 'SERVICE=REPLICAS [SERVICE=REPLICAS...]',
  flags: { detach: { type: 'boolean', short: 'd', summary: 'Send it, and don’t follow it' } },
  example: 'service scale web=3',
  input: z.object({
    args: scaleArguments,
    flags: z.object({ detach: z.boolean().default(false) }),
  }),

  async targets({ args }, tools) {
    const found = await scaledServices(args, tools);
    return {
      kind: 'some',
      targets: found.map(({ service }) => serviceTarget(tools.engine.cluster, service)),
    };
  },

  plan: ({ args, flags }, tools) => planScale(args, flags.detach, tools),

  apply: (plan, tools) => applyScale(plan, { ...tools, ...realPace(tools.now), patience }),
});
