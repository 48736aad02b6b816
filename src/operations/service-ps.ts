import { z } from 'zod';
import type { Answer } from './answer.ts';
import { filtersAsText } from './filter-flag.ts';
import { emptyListing } from './listing.ts';
import { resolveNodeFilter } from './named-nodes.ts';
import { logButtons } from './log-buttons.ts';
import { namedServices, touchedServices } from './named-services.ts';
import { read } from './operation.ts';
import { referenceArguments } from './reference-arguments.ts';
import { scaleButtons } from './scale-buttons.ts';
import { updateButtons } from './update-buttons.ts';
import { showTasks, taskFilterKeys, taskFlags, taskFlagsInput } from './task-listing.ts';
import { noNames, taskNames } from './task-names.ts';

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
    const { engine, signal, now } = tools;
    const { filter = {}, 'no-resolve': noResolve = false } = line.flags;
    // As the CLI has it: here --quiet means whole ids, for node ps it doesn't.
    const whole = line.flags['no-trunc'] === true || line.flags.quiet === true;
    const { services, notes } = await namedServices(line.args, tools);
    if (services.length === 0) return notes;
    const narrowed = await resolveNodeFilter(filter, tools);
    const tasks = await engine.tasks({ ...narrowed, service: services.map(({ ID }) => ID) }, { signal });
    const resolved = noResolve ? noNames : await taskNames(engine, signal, services);
    const called = `of ${services.map(({ Spec }) => Spec.Name).join(', ')} in ${engine.cluster}`;
    const empty = emptyListing('task', called, filtersAsText(filter));
    const shown = showTasks({
      cluster: engine.cluster,
      words,
      line,
      tasks,
      names: resolved.names,
      empty,
      now: now(),
      whole,
    });
    return [
      { kind: 'heading', text: `Tasks ${called}` },
      ...shown.parts,
      ...resolved.notes,
      ...notes,
      {
        kind: 'buttons',
        buttons: [
          ...shown.buttons,
          ...logButtons(services, tools),
          ...scaleButtons(services, tools),
          ...updateButtons(services, tools),
        ],
      },
    ];
  },
});
