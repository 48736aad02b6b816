import { z } from 'zod';
import type { Answer } from './answer.ts';
import { resolveNodeFilter } from './named-nodes.ts';
import { logButtons } from './log-buttons.ts';
import { namedServices, touchedServices } from './named-services.ts';
import { read } from './operation.ts';
import { referenceArguments } from './reference-arguments.ts';
import { scaleButtons } from './scale-buttons.ts';
import { updateButtons } from './update-buttons.ts';
import { showTasks, taskFilterKeys, taskFlags, taskFlagsInput } from './task-listing.ts';

const words = ['service', 'ps'];

export const servicePs = read({
  name: 'service.ps',
  words,
  shortForms: [['ps']],
  summary: 'List the tasks of services, with those that ran before and why they ended',
  arguments: 'SERVICE [SERVICE...]',
  flags: taskFlags,
  example: 'service ps web',
  input: z.object({
    args: referenceArguments({ command: 'service ps', noun: 'service', least: 1 }),
    flags: taskFlagsInput('service ps', { ...taskFilterKeys, node: 'anything' }),
  }),

  targets: ({ args }, tools) => touchedServices(args, tools),

  async run(line, tools): Promise<Answer> {
    const { services, notes } = await namedServices(line.args, tools);
    if (services.length === 0) return notes;
    const { filter = {}, quiet = false, 'no-trunc': noTrunc = false } = line.flags;
    const narrowed = await resolveNodeFilter(filter, tools);
    const shown = await showTasks(
      {
        words,
        line,
        whose: `of ${services.map(({ Spec }) => Spec.Name).join(', ')} in ${tools.engine.cluster}`,
        filters: { ...narrowed, service: services.map(({ ID }) => ID) },
        // As the CLI has it: here --quiet means whole ids, for node ps it doesn't.
        whole: noTrunc || quiet,
        services,
      },
      tools,
    );
    const buttons = [
      ...shown.buttons,
      ...logButtons(services, tools),
      ...scaleButtons(services, tools),
      ...updateButtons(services, tools),
    ];
    return [...shown.parts, ...notes, { kind: 'buttons', buttons }];
  },
});
