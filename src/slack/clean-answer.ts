import type { Answer, Button, Inline, Part, Table, TableCell } from '../dispatch/request.ts';
import { visibleLine, visibleText } from '../swarm/visible-text.ts';
import { shortened } from './escape-text.ts';
import { limits } from './limits.ts';

/** Stands where Slack wants a text and there is none: it refuses empty ones. */
export const nothing = '–';

/** A cell of a table that is ready to be shown: never empty, one line. */
export type CleanCell = Exclude<Table['rows'][number][number], string>;
export interface CleanTable extends Table {
  /** As many cells in each row as there are columns. */
  readonly rows: readonly (readonly CleanCell[])[];
}
export type CleanPart = Exclude<Part, Table> | CleanTable;

/**
 * The same answer with every string fit to be shown, names of columns and buttons no longer than Slack takes them, and
 * nothing empty in it.
 */
export function cleanAnswer(answer: Answer): readonly CleanPart[] {
  return answer.flatMap(cleanPart);
}

function cleanPart(part: Part): readonly CleanPart[] {
  switch (part.kind) {
    case 'heading': {
      const text = visibleLine(part.text);
      return text === '' ? [] : [{ kind: 'heading', text }];
    }
    case 'text':
    case 'note': {
      const text = cleanInlines(part.text);
      return text.length === 0 ? [] : [{ kind: part.kind, text }];
    }
    case 'facts': {
      const facts = part.facts.map(({ label, value }) => ({
        label: visibleLine(label) || nothing,
        value: orNothing(cleanInlines(value)),
      }));
      return facts.length === 0 ? [] : [{ kind: 'facts', facts }];
    }
    case 'table':
      return cleanTable(part);
    case 'code': {
      const text = visibleText(part.text).trimEnd();
      return text.trim() === '' ? [] : [{ kind: 'code', text }];
    }
    case 'progress':
      return [{ ...part, label: visibleLine(part.label) }];
    case 'buttons':
      return part.buttons.length === 0 ? [] : [{ kind: 'buttons', buttons: part.buttons.map(cleanButton) }];
  }
}

function cleanInlines(text: readonly Inline[]): readonly Inline[] {
  const cleaned = text.map((inline) => {
    if (typeof inline === 'string') return visibleText(inline);
    if ('code' in inline) return { code: visibleText(inline.code) };
    if ('strong' in inline) return { strong: visibleText(inline.strong) };
    return inline;
  });
  const shown = cleaned.filter((inline) => inlineText(inline) !== '');
  return shown.some((inline) => inlineText(inline).trim() !== '') ? shown : [];
}

function orNothing(text: readonly Inline[]): readonly Inline[] {
  return text.length === 0 ? [nothing] : text;
}

/** What an inline says when it can be nothing but characters. */
export function inlineText(inline: Inline): string {
  if (typeof inline === 'string') return inline;
  if ('code' in inline) return inline.code;
  if ('strong' in inline) return inline.strong;
  if ('person' in inline) return inline.person;
  if ('group' in inline) return inline.group;
  if ('channel' in inline) return inline.channel;
  return timeText(inline.time);
}

function timeText(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? nothing : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function cleanTable(table: Table): readonly CleanPart[] {
  if (table.rows.length === 0) return cleanPart({ kind: 'text', text: [table.empty || nothing] });
  const width = table.rows.reduce((most, row) => Math.max(most, row.length), table.columns.length || 1);
  const indexes = [...Array(width).keys()];
  const columns = indexes.map((index) =>
    shortened(visibleLine(table.columns[index] ?? '') || nothing, limits.buttonLabel),
  );
  const rows = table.rows.map((row) => indexes.map((index) => cleanCell(row[index] ?? '')));
  return [{ kind: 'table', columns, rows, empty: table.empty }];
}

function cleanCell(cell: string | TableCell): CleanCell {
  if (typeof cell === 'string') return { text: visibleLine(cell) || nothing };
  return 'text' in cell ? { ...cell, text: visibleLine(cell.text) || nothing } : cell;
}

function cleanButton(button: Button): Button {
  const { confirm, form } = button;
  return {
    ...button,
    label: line(button.label, limits.buttonLabel),
    ...(confirm && {
      confirm: {
        title: line(confirm.title, limits.confirmTitle),
        text: line(confirm.text, limits.confirmText),
        ok: line(confirm.ok, limits.confirmButton),
      },
    }),
    ...(form && {
      form: {
        title: line(form.title, limits.viewTitle),
        label: line(form.label, limits.inputLabel),
        initial: shortened(visibleLine(form.initial), limits.inputValue),
        submit: line(form.submit, limits.viewButton),
        ...(form.number && { number: form.number }),
      },
    }),
  };
}

function line(text: string, limit: number): string {
  return shortened(visibleLine(text) || nothing, limit);
}
