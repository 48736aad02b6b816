import { z } from 'zod';
import { maskServiceSpec } from '../swarm/masking.ts';
import { servicePretty } from '../swarm/service-pretty.ts';
import type { Service } from '../swarm/service.ts';
import type { Answer } from './answer.ts';
import { commandWords } from './command-words.ts';
import { inspectFlags, inspectFlagsInput, inspectJson } from './inspect-flags.ts';
import { logButtons } from './log-buttons.ts';
import { namedServices, touchedServices } from './named-services.ts';
import { read } from './operation.ts';
import { referenceArguments } from './reference-arguments.ts';
import { scaleButtons } from './scale-buttons.ts';
import { updateButtons } from './update-buttons.ts';

const words = ['service', 'inspect'];

export const serviceInspect = read({
  name: 'service.inspect',
  words,
  shortForms: [],
  summary: 'Show everything of services, with secrets masked',
  arguments: 'SERVICE [SERVICE...]',
  flags: inspectFlags,
  example: 'service inspect --pretty web',
  input: z.object({
    args: referenceArguments({ command: 'service inspect', noun: 'service', least: 1 }),
    flags: inspectFlagsInput,
  }),

  targets: ({ args }, tools) => touchedServices(args, tools),

  async run(line, tools): Promise<Answer> {
    const { engine, now } = tools;
    const { pretty, format } = line.flags;
    const { services, notes } = await namedServices(line.args, tools);
    if (services.length === 0) return notes;
    const masked = services.map(maskService);
    const text =
      pretty === true
        ? masked.map((service) => servicePretty(service, now())).join('\n\n')
        : inspectJson(masked, format);
    return [
      {
        kind: 'heading',
        text: `${services.map(({ Spec }) => Spec.Name).join(', ')} in ${engine.cluster}`,
      },
      { kind: 'code', text },
      ...notes,
      {
        kind: 'buttons',
        buttons: [
          { label: 'Refresh', command: commandWords(engine.cluster, words, line) },
          ...logButtons(services, tools),
          ...scaleButtons(services, tools),
          ...updateButtons(services, tools),
        ],
      },
    ];
  },
});

function maskService(service: Service): Service {
  return {
    ...service,
    Spec: maskServiceSpec(service.Spec),
    ...(service.PreviousSpec ? { PreviousSpec: maskServiceSpec(service.PreviousSpec) } : {}),
  };
}
