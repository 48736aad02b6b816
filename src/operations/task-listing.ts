import { z } from 'zod';
import type { Filters } from '../engine/engine.ts';
import type { Service } from '../swarm/service.ts';
import { isShortened, type TaskRow, taskRows } from '../swarm/task-rows.ts';
import { orderedTaskStates } from '../swarm/task-state.ts';
import type { Answer, Button } from './answer.ts';
import type { Flags } from './command-line.ts';
import { commandWords, type ParsedLine } from './command-words.ts';
import { type FilterKeys, filterFlag, filtersAsText } from './filter-flag.ts';
import { formatFlag } from './format-flag.ts';
import { emptyListing, type ListingRow, listingFlags, showListing } from './listing.ts';
import type { ReadTools } from './operation.ts';
import { noNames, taskNames } from './task-names.ts';

export const taskFlags = {
  ...listingFlags,
  'no-resolve': { type: 'boolean', summary: 'Show ids in place of names' },
  'no-trunc': { type: 'boolean', summary: 'Show ids, images and errors in full' },
} as const satisfies Flags;

/** The CLI numbers `allocated`, which the engine doesn't know. Source: swarmkit api/types.proto, TaskState. */
const taskStates = [...orderedTaskStates.filter((state) => state !== 'allocated'), 'remove', 'orphaned'];

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
  readonly words: readonly string[];
  readonly line: ParsedLine & { readonly flags: z.infer<ReturnType<typeof taskFlagsInput>> };
  /** Whose tasks, as what follows `Tasks`: `of web in prod`. */
  readonly whose: string;
  readonly filters: Filters;
  /** Ids, images and errors in full. */
  readonly whole: boolean;
  /** The services that the tasks are of, where they are known. */
  readonly services?: readonly Service[];
}

/** Reads tasks: the table of them under its heading, and the buttons that go with it. */
export async function showTasks(
  { words, line, whose, filters, whole, services }: TaskListing,
  { engine, signal, now }: Pick<ReadTools, 'engine' | 'signal' | 'now'>,
): Promise<{ readonly parts: Answer; readonly buttons: readonly Button[] }> {
  const { filter = {}, quiet = false, format = 'table', 'no-resolve': noResolve = false } = line.flags;
  const tasks = await engine.tasks(filters, { signal });
  const { names, notes } = noResolve ? noNames : await taskNames(engine, signal, services);
  const rows = taskRows(tasks, { names, now: now(), whole }).map(listingRow);
  const columns = ['ID', 'NAME', 'IMAGE', 'NODE', 'DESIRED STATE', 'CURRENT STATE', 'ERROR', 'PORTS'];
  const empty = emptyListing('task', whose, filtersAsText(filter));
  const idsOnly = quiet && format === 'table';
  const shortened = !whole && !idsOnly && tasks.some(isShortened);
  const refresh = { label: 'Refresh', command: commandWords(engine.cluster, words, line) };
  return {
    parts: [
      { kind: 'heading', text: `Tasks ${whose}` },
      ...showListing({ columns, rows, empty }, { quiet, format }),
      ...(shortened ? [shortenedNote] : []),
      ...notes,
    ],
    buttons: shortened ? [refresh, wholeErrors(engine.cluster, words, line)] : [refresh],
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
