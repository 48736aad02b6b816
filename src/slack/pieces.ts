import type { Answer, Button, Fact } from '../dispatch/request.ts';
import { alignedTable, cellText } from './aligned-table.ts';
import { type CleanCell, type CleanPart, type CleanTable, cleanAnswer } from './clean-answer.ts';
import { escapedLength, shortened } from './escape-text.ts';
import { limits } from './limits.ts';
import { inlineSize, splitInlines, splitText } from './split-text.ts';

/** Code that is longer than this goes on in another block. Leaves room for a heading and buttons beside it. */
const codePiece = 8_000;
/** A longer row is shortened; with a header it still fits into one table. */
const longestRow = 6_500;

/**
 * An answer in pieces, each of which fits into one block of Slack's, tables aside: those are cut into rows by whoever
 * lays out the pages. Only the first table stays one, as Slack takes one a message; others become aligned text.
 */
export function piecesOf(answer: Answer): readonly CleanPart[] {
  let tables = 0;
  return cleanAnswer(answer).flatMap((part): readonly CleanPart[] => {
    switch (part.kind) {
      case 'heading':
        return escapedLength(part.text) <= limits.header
          ? [part]
          : piecesOfText('text', [{ strong: part.text }]);
      case 'text':
      case 'note':
        return piecesOfText(part.kind, part.text);
      case 'facts':
        return piecesOfFacts(part.facts);
      case 'table':
        tables += 1;
        return tables === 1 && part.columns.length <= limits.tableColumns
          ? withFittingRows(part)
          : piecesOfCode(alignedTable(part));
      case 'code':
        return piecesOfCode(part.text);
      case 'progress':
        return [{ ...part, label: shortened(part.label, limits.textObject / 2) }];
      case 'buttons':
        return rowsOfButtons(part.buttons).map((buttons) => ({ kind: 'buttons', buttons }));
    }
  });
}

/** How many characters a piece has for Slack. */
export function sizeOf(piece: CleanPart): number {
  switch (piece.kind) {
    case 'heading':
      return escapedLength(piece.text);
    case 'text':
    case 'note':
      return sum(piece.text.map(inlineSize));
    case 'facts':
      return sum(piece.facts.map(sizeOfFact));
    case 'table':
      return sum([piece.columns.map((text) => ({ text })), ...piece.rows].map(sizeOfRow));
    case 'code':
      return escapedLength(piece.text);
    case 'progress':
      return escapedLength(piece.label) + 80;
    case 'buttons':
      return sum(piece.buttons.map(sizeOfButton));
  }
}

export function sizeOfRow(row: readonly CleanCell[]): number {
  return sum(row.map(sizeOfCell));
}

function sizeOfCell(cell: CleanCell): number {
  return 'text' in cell ? escapedLength(cell.text) : 80;
}

function sizeOfFact({ label, value }: Fact): number {
  return escapedLength(label) + 3 + sum(value.map(inlineSize));
}

function sizeOfButton({ label, confirm }: Button): number {
  const asked = confirm === undefined ? [] : [confirm.title, confirm.text, confirm.ok];
  return sum([label, ...asked].map(escapedLength));
}

function piecesOfText(kind: 'text' | 'note', text: Parameters<typeof splitInlines>[0]): readonly CleanPart[] {
  const limit = kind === 'note' ? limits.contextText : limits.textObject;
  return splitInlines(text, limit).map((text) => ({ kind, text }));
}

function piecesOfCode(text: string): readonly CleanPart[] {
  return splitText(text, codePiece).map((text) => ({ kind: 'code', text }));
}

function piecesOfFacts(facts: readonly Fact[]): readonly CleanPart[] {
  return grouped(facts, sizeOfFact, limits.textObject, Infinity).flatMap((facts): readonly CleanPart[] => {
    const [fact] = facts;
    return fact !== undefined && sizeOfFact(fact) > limits.textObject
      ? piecesOfText('text', [{ strong: `${fact.label}: ` }, ...fact.value])
      : [{ kind: 'facts', facts }];
  });
}

function rowsOfButtons(buttons: readonly Button[]): readonly (readonly Button[])[] {
  return grouped(buttons, sizeOfButton, limits.textObject, limits.actions);
}

/** Cuts a list into runs of at most `count` things and `limit` in size; one that is larger stands alone. */
function grouped<T>(
  things: readonly T[],
  size: (thing: T) => number,
  limit: number,
  count: number,
): readonly (readonly T[])[] {
  const groups: T[][] = [];
  let room = 0;
  for (const thing of things) {
    const group = groups.at(-1);
    if (group === undefined || size(thing) > room || group.length >= count) {
      groups.push([thing]);
      room = limit;
    } else {
      group.push(thing);
    }
    room -= size(thing);
  }
  return groups;
}

/** Shortens rows that are too long for any table, and adds them in full after it. */
function withFittingRows(table: CleanTable): readonly CleanPart[] {
  const long = table.rows.filter((row) => sizeOfRow(row) > longestRow);
  if (long.length === 0) return [table];
  const rows = table.rows.map((row) => (sizeOfRow(row) > longestRow ? fittingRow(row) : row));
  const full = long.flatMap((row) =>
    piecesOfCode(row.map((cell, index) => `${table.columns[index] ?? ''}: ${cellText(cell)}`).join('\n')),
  );
  const note = 'Rows with … in them were too long for a table. They follow in full.';
  return [{ ...table, rows }, { kind: 'note', text: [note] }, ...full];
}

/** Short cells stay as they are; the long ones share equally what is left. */
function fittingRow(row: readonly CleanCell[]): readonly CleanCell[] {
  const fair = Math.floor(longestRow / row.length);
  const short = row.map(sizeOfCell).filter((size) => size <= fair);
  const share = Math.floor((longestRow - sum(short)) / Math.max(1, row.length - short.length));
  return row.map((cell) => ('text' in cell ? { ...cell, text: shortened(cell.text, share) } : cell));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
