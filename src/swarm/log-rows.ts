import type { LogLine } from './log-entry.ts';
import { maskLines } from './mask-lines.ts';
import { shortId } from './short-id.ts';
import { visibleText } from './visible-text.ts';

/** Characters of a line that are shown, unless asked for all. */
const shownLength = 1_000;

/** What the ids in a log stand for. */
export interface LogNames {
  readonly service: { readonly id: string; readonly name: string };
  /** From a task's id to its slot: 0 for tasks of global services. */
  readonly slots: ReadonlyMap<string, number>;
  /** From a node's id to its name; what isn't in it stays an id. */
  readonly nodes: ReadonlyMap<string, string>;
}

/** The docker CLI's flags. */
export interface LogStyle {
  readonly timestamps: boolean;
  readonly noTrunc: boolean;
  readonly noTaskIds: boolean;
  readonly noResolve: boolean;
  /** Nothing but the lines. */
  readonly raw: boolean;
}

/**
 * Lines as `docker service logs` shows them: `web.1.o855jbukurqn@node2 | text`. Each in one line of plain text, with
 * what looks like a secret masked. Source: docker/cli v28 cli/command/service/logs.go.
 */
export function logRows(lines: readonly LogLine[], names: LogNames, style: LogStyle): readonly string[] {
  const texts = maskedTexts(lines);
  const writers = lines.map((line) => writer(line, names, style));
  const width = Math.max(0, ...writers.map(({ length }) => length));
  return lines.map((line, at) => {
    const time = style.timestamps && line.time !== '' ? `${line.time} ` : '';
    const prefix = style.raw ? '' : `${(writers[at] ?? '').padEnd(width)} | `;
    return `${time}${prefix}${shownText(texts[at] ?? '', line.cut, style.noTrunc)}`;
  });
}

/** Masked writer by writer, as secrets may go over several lines; after what hides them from the eye was taken out. */
function maskedTexts(lines: readonly LogLine[]): readonly string[] {
  const texts = lines.map(({ text }) => visibleText(text).replaceAll(/\n+/g, ' ').trimEnd());
  const byWriter = Map.groupBy(texts.keys(), (at) => `${lines[at]?.task ?? ''} ${lines[at]?.stream ?? ''}`);
  for (const indexes of byWriter.values()) {
    const masked = maskLines(indexes.map((at) => texts[at] ?? ''));
    for (const [nth, at] of indexes.entries()) texts[at] = masked[nth] ?? '';
  }
  return texts;
}

function writer({ task, node }: LogLine, names: LogNames, style: LogStyle): string {
  const service = style.noResolve ? names.service.id : names.service.name;
  const slot = names.slots.get(task);
  const id = style.noTaskIds ? '' : `.${style.noTrunc ? task : shortId(task)}`;
  const where = style.noResolve ? node : (names.nodes.get(node) ?? node);
  return `${service}${slot === undefined ? '' : `.${slot}`}${id}@${where}`;
}

function shownText(text: string, cut: boolean, noTrunc: boolean): string {
  const isLong = !noTrunc && text.length > shownLength;
  const shown = isLong ? text.slice(0, shownLength).toWellFormed() : text;
  return isLong || cut ? `${shown}… (cut)` : shown;
}
