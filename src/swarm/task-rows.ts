import { capitalized } from './capitalized.ts';
import { humanDuration } from './human-duration.ts';
import { maskText } from './masking.ts';
import { naturalOrder } from './natural-order.ts';
import { taskPortsColumn } from './ports-column.ts';
import { shortId } from './short-id.ts';
import { shortImage } from './short-image.ts';
import type { Task } from './task.ts';
import { timeOrder } from './time-order.ts';

/** What the docker CLI tells of a task, as text. */
export interface TaskRow {
  readonly id: string;
  /** `web.1`, or the service and the node's id for tasks of global services. */
  readonly name: string;
  /** True for what ran in the same place before: it stands below its successor. */
  readonly previous: boolean;
  readonly image: string;
  readonly node: string;
  readonly desiredState: string;
  readonly currentState: string;
  /** In quotes, with secrets masked; empty when there is none. */
  readonly error: string;
  readonly ports: string;
}

export interface TaskNames {
  /** From a service's id to its name; what isn't in it stays an id. */
  readonly services: ReadonlyMap<string, string>;
  readonly nodes: ReadonlyMap<string, string>;
}

export interface TaskRowOptions {
  readonly names: TaskNames;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Ids, images and errors in full, as with `--no-trunc`. */
  readonly whole: boolean;
}

/** Characters of an error that the docker CLI shows. */
const errorLength = 30;

/**
 * Tasks as `docker service ps` lists them: by name, the newest of each place first and its predecessors below.
 * Source: docker/cli cli/command/task/print.go and formatter.go.
 */
export function taskRows(tasks: readonly Task[], options: TaskRowOptions): readonly TaskRow[] {
  return tasks
    .map((task) => ({ task, name: taskName(task, options.names) }))
    .toSorted(
      (left, right) =>
        naturalOrder(left.name, right.name) || timeOrder(right.task.CreatedAt, left.task.CreatedAt),
    )
    .map(({ task, name }, at, all) => taskRow(task, name, all[at - 1]?.name === name, options));
}

/** Is there an error that `taskRows` shortens unless asked for the whole of it? */
export function isShortened({ Status }: Pick<Task, 'Status'>): boolean {
  return Array.from(shownError(Status)).length > errorLength;
}

function taskRow(task: Task, name: string, previous: boolean, options: TaskRowOptions): TaskRow {
  const image = task.Spec.ContainerSpec?.Image ?? '';
  const nodeId = task.NodeID ?? '';
  return {
    id: options.whole ? task.ID : shortId(task.ID),
    name,
    previous,
    image: options.whole ? image : shortImage(image),
    node: options.names.nodes.get(nodeId) ?? nodeId,
    desiredState: capitalized(task.DesiredState),
    currentState: currentState(task, options.now),
    error: quoted(options.whole ? shownError(task.Status) : shortened(shownError(task.Status))),
    ports: taskPortsColumn(task.Status.PortStatus?.Ports ?? []),
  };
}

function taskName({ ServiceID, Slot, NodeID }: Task, { services }: TaskNames): string {
  const service = ServiceID ?? '';
  return `${services.get(service) ?? service}.${Slot || (NodeID ?? '')}`;
}

function currentState({ Status }: Task, now: number): string {
  const since = Date.parse(Status.Timestamp ?? '');
  const state = capitalized(Status.State);
  return Number.isNaN(since) ? state : `${state} ${humanDuration(now - since).toLowerCase()} ago`;
}

/** Errors repeat what was run, and with it what stood on its command line. */
function shownError({ Err }: Task['Status']): string {
  return maskText(Err ?? '');
}

function shortened(error: string): string {
  const characters = Array.from(error);
  return characters.length > errorLength ? `${characters.slice(0, errorLength - 1).join('')}…` : error;
}

function quoted(error: string): string {
  return error === '' ? '' : `"${error}"`;
}
