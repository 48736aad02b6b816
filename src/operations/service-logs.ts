import { z } from 'zod';
import type { Service } from '../swarm/service.ts';
import type { Answer } from './answer.ts';
import { commandWords, type ParsedLine } from './command-words.ts';
import { followLogs } from './follow-logs.ts';
import { endWarnings, logAnswer, logContext } from './log-answer.ts';
import { followButton } from './log-buttons.ts';
import { followTime, type LogFlags, logFlags, logFlagsInput, logRange } from './log-flags.ts';
import { logPage } from './log-parts.ts';
import { logReading } from './log-reading.ts';
import { namedServices, touchedServices } from './named-services.ts';
import { type ReadTools, read } from './operation.ts';
import { realPace } from './pace.ts';
import { referenceArguments } from './reference-arguments.ts';

const words = ['service', 'logs'];

/** Milliseconds for a log that isn't followed: one that a lost node holds up never ends. */
const logDeadline = 10_000;
/** How much of a log is shown at most. */
const mostPages = 10;
/** What following needs besides its own time, in milliseconds. */
const aroundFollowing = 30_000;

export const serviceLogs = read({
  name: 'service.logs',
  words,
  shortForms: [['logs']],
  summary: 'Show what the tasks of a service wrote, in the order of time',
  arguments: 'SERVICE',
  flags: logFlags,
  example: 'service logs --since 10m web',
  input: z.object({
    args: referenceArguments({ command: 'service logs', noun: 'service', least: 1, most: 1 }),
    flags: logFlagsInput,
  }),
  deadline: ({ flags }) => (flags.follow === true ? followTime(flags) + aroundFollowing : undefined),

  targets: ({ args }, tools) => touchedServices(args, tools),

  async run(line, tools): Promise<Answer> {
    const { services, notes } = await namedServices(line.args, tools);
    const [service] = services;
    if (service === undefined) return notes;
    return line.flags.follow === true
      ? followLogs(service, line.flags, { ...tools, ...realPace(tools.now) })
      : showLogs(service, line, tools);
  },
});

async function showLogs(
  service: Service,
  line: ParsedLine & { readonly flags: LogFlags },
  { engine, signal, now }: ReadTools,
): Promise<Answer> {
  const { flags } = line;
  const { Name: name } = service.Spec;
  const reading = logReading(mostPages * logPage);
  const query = {
    of: 'service',
    id: service.ID,
    ...logRange(flags, now()),
    follow: false,
    within: logDeadline,
  } as const;
  const [context, end] = await Promise.all([
    logContext(engine, service, signal),
    reading.readAll(engine.logs(query, { signal })),
  ]);
  return [
    { kind: 'heading', text: `Logs of ${name} in ${engine.cluster}` },
    ...endWarnings(end, logDeadline, flags),
    ...logAnswer(service, flags, context, reading, { outOfTime: end.kind === 'out of time' }),
    {
      kind: 'buttons',
      buttons: [
        { label: 'Refresh', command: commandWords(engine.cluster, words, line) },
        followButton(engine.cluster, name, flags),
      ],
    },
  ];
}
