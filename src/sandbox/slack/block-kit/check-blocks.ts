import { asObject, type Json } from '../json.ts';
import { Refusal, refusalOf } from '../refusal.ts';
import { blocks } from './blocks.ts';
import { limits } from './limits.ts';
import { oneOf, pointed, problemsOf, type Problem } from './problems.ts';
import { homeView, modalView } from './views.ts';

/** Where blocks are shown. */
type Surface = 'message' | 'modal' | 'home';

/** Block types that a surface doesn't take. */
const refusedBy: Readonly<Record<Surface, ReadonlySet<string>>> = {
  message: new Set(['alert', 'file']),
  modal: new Set(['table', 'data_table', 'markdown', 'card', 'carousel', 'task_card', 'plan']),
  home: new Set(['table', 'data_table', 'markdown', 'alert', 'plan', 'task_card']),
};

const block = oneOf(blocks);
const tableLike: ReadonlySet<unknown> = new Set(['table', 'data_table']);

interface Found {
  readonly value: Json;
  readonly path: readonly PropertyKey[];
}

/** @throws Refusal `invalid_blocks` or `msg_blocks_too_long`, as `chat.postMessage` and its like do. */
export function checkMessageBlocks(list: readonly unknown[]): void {
  const problems = [...listProblems(list, 'message'), ...tableProblems(list)];
  if (problems.length > 0) {
    throw refusalOf(
      'invalid_blocks',
      problems.map((problem) => pointed(problem, 'blocks')),
    );
  }
  if (charactersIn(list) > limits.blockCharacters) throw new Refusal('msg_blocks_too_long');
}

/** @throws Refusal `invalid_arguments` or `view_too_large`, as `views.open` and its like do. */
export function checkView(view: unknown, surface: 'modal' | 'home'): void {
  const list = asObject(view)?.['blocks'];
  const problems = [
    ...problemsOf(surface === 'modal' ? modalView : homeView, view),
    ...(Array.isArray(list) ? within(listProblems(list, surface), ['blocks']) : []),
  ];
  if (problems.length > 0) {
    throw refusalOf(
      'invalid_arguments',
      problems.map((problem) => pointed(problem, 'view')),
    );
  }
  if (Buffer.byteLength(JSON.stringify(view)) > limits.view.bytes) throw new Refusal('view_too_large');
}

function listProblems(list: readonly unknown[], surface: Surface): readonly Problem[] {
  const most = limits.blocks[surface];
  return [
    ...(list.length > most ? [{ path: [], message: `no more than ${most} items allowed` }] : []),
    ...list.flatMap((item, index) => within(blockProblems(item, surface), [index])),
    ...repeated(found(list, 'block_id', false), 'block_id'),
    ...list.flatMap((item, index) => within(repeated(found(item, 'action_id', true), 'action_id'), [index])),
  ];
}

function blockProblems(item: unknown, surface: Surface): readonly Problem[] {
  const type = asObject(item)?.['type'];
  if (typeof type === 'string' && refusedBy[surface].has(type)) {
    return [{ path: ['type'], message: `unsupported type: ${type}` }];
  }
  return problemsOf(block, item);
}

function tableProblems(list: readonly unknown[]): readonly Problem[] {
  const tables = list.filter((item) => tableLike.has(asObject(item)?.['type']));
  const characters = charactersIn(tables);
  return [
    ...(tables.length > limits.table.perMessage ? [{ path: [], message: 'only_one_table_allowed' }] : []),
    ...(characters > limits.table.characters
      ? [{ path: [], message: `no more than ${limits.table.characters} characters allowed in a table` }]
      : []),
  ];
}

/** All text in a value: the sum of every string under the key `text`. */
function charactersIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + charactersIn(item), 0);
  const entries = Object.entries(asObject(value) ?? {});
  return entries.reduce(
    (sum, [key, item]) =>
      sum + (key === 'text' && typeof item === 'string' ? item.length : charactersIn(item)),
    0,
  );
}

/** Objects that bear `key`, in `value` itself or, when `deep`, anywhere inside it. */
function found(
  value: unknown,
  key: string,
  deep: boolean,
  path: readonly PropertyKey[] = [],
): readonly Found[] {
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(asObject(value) ?? {});
  const here = asObject(value);
  const inside = entries.flatMap(([step, item]) =>
    deep || path.length === 0 ? found(item, key, deep, [...path, step]) : [],
  );
  return here !== undefined && typeof here[key] === 'string' ? [{ value: here, path }, ...inside] : inside;
}

function repeated(all: readonly Found[], key: string): readonly Problem[] {
  const seen = new Set<unknown>();
  return all.flatMap(({ value, path }) => {
    const id = value[key];
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ path: [...path, key], message: `\`${key}\` ${String(id)} already exists` }];
  });
}

function within(problems: readonly Problem[], path: readonly PropertyKey[]): readonly Problem[] {
  return problems.map((problem) => ({ ...problem, path: [...path, ...problem.path] }));
}
