import type { DrainedService } from '../swarm/drain-impact.ts';
import { taskWord } from '../swarm/convergence-failure.ts';
import type { Answer } from './answer.ts';
import { warningParts } from './warning-parts.ts';

/** What a drain would do, before it and while it is done. */
export function drainPreview(services: readonly DrainedService[], warnings: readonly string[]): Answer {
  return [
    {
      kind: 'table',
      columns: ['SERVICE', 'TASKS', 'WHEN DRAINED'],
      rows: services.map((service) => [
        { text: service.name, strong: true },
        String(service.tasks),
        service.stranded > 0 ? { text: fateWords(service), strong: true } : fateWords(service),
      ]),
      empty: 'No service has a task there.',
    },
    ...warningParts(warnings),
  ];
}

function fateWords({ fate, tasks, stranded, because }: DrainedService): string {
  switch (fate) {
    case 'stops':
      return 'stops: it is a global service';
    case 'ends':
      return 'stops, and isn’t started again: its restart policy is none';
    case 'moves':
      if (stranded === 0) return 'moves';
      return `${stranded === tasks ? 'no place elsewhere' : `no place elsewhere for ${stranded}`}: ${because}`;
  }
}

/** Tasks that a drain leaves without a place, as a warning. */
export function strandedWarning(services: readonly DrainedService[]): readonly string[] {
  const stranded = services.filter((service) => service.stranded > 0);
  if (stranded.length === 0) return [];
  const count = stranded.reduce((sum, service) => sum + service.stranded, 0);
  const names = stranded.map(({ name }) => name).join(', ');
  return [
    `${taskWord(count)} of ${names} would have no place elsewhere as things are now: drained, ${count === 1 ? 'it doesn’t' : 'they don’t'} run.`,
  ];
}

/** `5 tasks run there: 3 move, 1 has no place elsewhere, 1 stops.` For the dialog before a drain. */
export function drainInBrief(services: readonly DrainedService[]): string {
  const sum = (count: (service: DrainedService) => number) =>
    services.reduce((total, service) => total + count(service), 0);
  const all = sum(({ tasks }) => tasks);
  if (all === 0) return 'No service has a task there now.';
  const stranded = sum((service) => service.stranded);
  const stop = sum(({ fate, tasks }) => (fate === 'moves' ? 0 : tasks));
  const parts = [
    [all - stranded - stop, 'can move'],
    [stranded, 'without a place elsewhere'],
    [stop, 'of services that stop there'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return `${taskWord(all)} there now: ${told.join(', ')}.`;
}
