import { z } from 'zod';
import { isShortened, type TaskNames, type TaskRow, taskRows } from '../swarm/task-rows.ts';
import type { Task } from '../swarm/task.ts';
import type { Answer, Button } from './answer.ts';
import type { Flags } from './command-line.ts';
import { commandWords, type ParsedLine } from './command-words.ts';
import { type FilterKeys, filterFlag } from './filter-flag.ts';
import { formatFlag } from './format-flag.ts';
import { type ListingRow, listingFlags, showListing } from './listing.ts';

export const taskFlags = {
  ...listingFlags,
  'no-resolve': { type: 'boolean', summary: 'Show ids in place of names' },
  'no-trunc': { type: 'boolean', summary: 'Show ids, images and errors in full' },
} as const satisfies Flags;

const taskStates = [
  'new',
  'pending',
  'assigned',
  'accepted',
  'preparing',
  'ready',
  'starting',
  'running',
  'complete',
  'shutdown',
  'failed',
  'rejected',
  'remove',
  'orphaned',
] as const;

/** The keys that only narrow what was authorized: a filter by service or node could widen it, so it isn't here. */
export const taskFilterKeys = {
  id: 'anything',
  name: 'anything',
  label: 'anything',
  'desired-state': taskStates,
} as const satisfies FilterKeys;

export function taskFlagsInput(command: string, keys: FilterKeys) {
  return z.object({
    filter: filterFlag(command, keys).exactOptional(),
    quiet: z.boolean().exactOptional(),
    format: formatFlag.exactOptional(),
    'no-resolve': z.boolean().exactOptional(),
    'no-trunc': z.boolean().exactOptional(),
  });
}

export interface TaskListing {
  readonly cluster: string;
  readonly words: readonly string[];
  readonly line: ParsedLine & { readonly flags: z.infer<ReturnType<typeof taskFlagsInput>> };
  readonly tasks: readonly Task[];
  readonly names: TaskNames;
  readonly empty: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Ids, images and errors in full. */
  readonly whole: boolean;
}

/** The table of tasks, and the buttons that go with it. */
export function showTasks(listing: TaskListing): {
  readonly parts: Answer;
  readonly buttons: readonly Button[];
} {
  const { cluster, words, line, tasks, names, empty, now, whole } = listing;
  const { quiet = false, format = 'table' } = line.flags;
  const idsOnly = quiet && format === 'table';
  const rows = taskRows(tasks, { names, now, whole });
  const columns = ['ID', 'NAME', 'IMAGE', 'NODE', 'DESIRED STATE', 'CURRENT STATE', 'ERROR', 'PORTS'];
  const refresh = { label: 'Refresh', command: commandWords(cluster, words, line) };
  const shortened = !whole && !idsOnly && tasks.some(isShortened);
  return {
    parts: [
      ...showListing({ columns, rows: rows.map(listingRow), empty }, { quiet, format }),
      ...(shortened ? [shortenedNote] : []),
    ],
    buttons: shortened ? [refresh, wholeErrors(cluster, words, line)] : [refresh],
  };
}

const shortenedNote = {
  kind: 'note',
  text: ['Errors are shortened, as docker does; ', { code: '--no-trunc' }, ' shows them whole.'],
} as const;

function wholeErrors(cluster: string, words: readonly string[], line: ParsedLine): Button {
  const whole = { ...line, flags: { ...line.flags, 'no-trunc': true } };
  return { label: 'Whole errors', command: commandWords(cluster, words, whole) };
}

function listingRow(row: TaskRow): ListingRow {
  return {
    id: row.id,
    cells: [
      row.id,
      row.previous ? ` \\_ ${row.name}` : { text: row.name, strong: true },
      row.image,
      row.node,
      row.desiredState,
      row.currentState,
      row.error,
      row.ports,
    ],
    json: {
      CurrentState: row.currentState,
      DesiredState: row.desiredState,
      Error: row.error,
      ID: row.id,
      Image: row.image,
      Name: row.name,
      Node: row.node,
      Ports: row.ports,
    },
  };
}
