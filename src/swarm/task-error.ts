import type { Task } from './task.ts';

/**
 * Why a task doesn't run, in people's words: `exit code 137: killed (SIGKILL), possibly out of memory`. Words that aren't
 * known are given as the engine has them; a task without an error gives ''.
 * Source: swarmkit manager/scheduler/filter.go for what the scheduler says, moby daemon/cluster/executor for the rest.
 */
export function taskError({ Status }: Pick<Task, 'Status'>): string {
  const error = Status.Err ?? '';
  if (isUnschedulable({ Status })) return unschedulable(error);
  if (isImageMissing(error)) return 'its image can’t be found, or the registry is unreachable';
  const exit = /non-zero exit \((\d+)\)(?:: (.*))?/s.exec(error);
  if (exit) return exited(Number(exit[1]), exit[2] ?? '');
  if (error === '' && Status.State === 'complete') return 'exit code 0: it ended by itself';
  return error;
}

/** Does a node say that it has no image to start a task from? It says so too when it may not pull it. */
export function isImageMissing(error: string): boolean {
  return /no such image/i.test(error);
}

/** Is the scheduler without a node for it, as far as it has said? */
export function isUnschedulable({ Status }: Pick<Task, 'Status'>): boolean {
  return Status.State === 'pending' && Boolean(Status.Err);
}

function exited(code: number, detail: string): string {
  // The daemon kills what its health check finds unhealthy, so the code says nothing of the cause.
  if (detail.includes('unhealthy container')) return 'its health check failed';
  const meaning = exitMeanings.get(code);
  const reason = [meaning, detail === '' ? undefined : detail]
    .filter((part) => part !== undefined)
    .join(', ');
  return reason === '' ? `exit code ${code}` : `exit code ${code}: ${reason}`;
}

/** Codes that mean the same whatever the program is. SIGKILL isn't always the kernel's: "possibly" is all that it tells. */
const exitMeanings: ReadonlyMap<number, string> = new Map([
  [126, 'its command can’t be executed'],
  [127, 'its command isn’t in the image'],
  [137, 'killed (SIGKILL), possibly out of memory'],
  [139, 'crashed (SIGSEGV)'],
  [143, 'ended by SIGTERM'],
]);

function unschedulable(error: string): string {
  if (error === 'no suitable node') return 'there is no node that could run it';
  // Tasks of global services belong to a node from the start: theirs is told without the words around it.
  const causes = /^no suitable node \((.*)\)$/s.exec(error)?.[1] ?? error;
  return causes.split('; ').map(schedulerCause).join('; ');
}

function schedulerCause(cause: string): string {
  const count = /\b(\d+) nodes?\b/.exec(cause)?.[1] ?? 'some';
  const nodes = count === '1' ? '1 node' : `${count} nodes`;
  for (const [words, inPlainWords] of schedulerCauses) {
    if (cause.includes(words)) return inPlainWords(nodes);
  }
  return cause;
}

const schedulerCauses: readonly (readonly [string, (nodes: string) => string])[] = [
  ['insufficient resources', (nodes) => `too little CPU or memory is free on ${nodes}`],
  ['scheduling constraints not satisfied', (nodes) => `its constraints rule out ${nodes}`],
  ['unsupported platform', (nodes) => `its image is for another platform than that of ${nodes}`],
  ['host-mode port already in use', (nodes) => `its host-mode port is in use on ${nodes}`],
  [
    'max replicas per node limit exceed',
    () => 'no node may run more of it (max replicas per node is reached)',
  ],
  ['missing plugin', (nodes) => `a plugin that it needs is missing on ${nodes}`],
  ['not available for new tasks', (nodes) => `${nodes} can’t take new tasks (down, paused or drained)`],
];
