import type { Answer, Button } from '../dispatch/request.ts';
import type { CleanPart, CleanTable } from './clean-answer.ts';
import { limits } from './limits.ts';
import { piecesOf, sizeOf, sizeOfRow } from './pieces.ts';

/** What one message holds: each part fits into one block, and all of them into what Slack takes. */
export type Page = readonly CleanPart[];

/** Left free for the line and the buttons that turn pages. */
const turning = { blocks: 2, size: 300 };
/** Buttons that are no more than this are on every page; the longest row of a table must fit beside them. */
const everywhere = { count: 10, size: 2_500 };

/**
 * Lays an answer out in pages. An answer that needs several has its first heading and, if they are few, its buttons
 * on every page. There is always one page; it is empty for an answer that says nothing.
 */
export function pagesOf(answer: Answer): readonly [Page, ...Page[]] {
  const pieces = piecesOf(answer);
  const [only = [], ...more] = laidOut(pieces, 0, 0);
  if (more.length === 0) return [only];

  const [first] = pieces;
  const top: Page = first?.kind === 'heading' ? [first] : [];
  const bottom = fewButtons(pieces);
  const frame = [...top, ...bottom];
  const [page = [], ...rest] = laidOut(
    pieces.filter((piece) => !frame.includes(piece)),
    frame.length,
    frame.reduce((total, piece) => total + sizeOf(piece), 0),
  );
  const framed = (page: Page) => [...top, ...page, ...bottom];
  return [framed(page), ...rest.map(framed)];
}

function fewButtons(pieces: readonly CleanPart[]): readonly CleanPart[] {
  const rows = pieces.filter((piece) => piece.kind === 'buttons');
  const buttons = rows.flatMap((row): readonly Button[] => row.buttons);
  const size = rows.reduce((total, row) => total + sizeOf(row), 0);
  return buttons.length <= everywhere.count && size <= everywhere.size ? rows : [];
}

function laidOut(pieces: readonly CleanPart[], usedBlocks: number, usedSize: number): readonly Page[] {
  const mostBlocks = limits.blocks - turning.blocks - usedBlocks;
  const mostSize = limits.message - turning.size - usedSize;
  const pages: CleanPart[][] = [[]];
  let room = mostSize;

  function add(piece: CleanPart): void {
    pages.at(-1)?.push(piece);
    room -= sizeOf(piece);
  }
  function turn(): void {
    pages.push([]);
    room = mostSize;
  }
  function full(): boolean {
    return (pages.at(-1)?.length ?? 0) >= mostBlocks;
  }

  for (const piece of pieces) {
    if (full()) turn();
    if (piece.kind !== 'table') {
      if (sizeOf(piece) > room && pages.at(-1)?.length !== 0) turn();
      add(piece);
      continue;
    }
    let rest: CleanTable | null = piece;
    while (rest !== null) {
      const [fitting, left]: CutTable = cutTable(rest, Math.min(room, limits.table));
      if (fitting !== null) add(fitting);
      if (left !== null) turn();
      rest = left;
    }
  }
  return pages;
}

type CutTable = readonly [fitting: CleanTable | null, left: CleanTable | null];

/** As many rows as fit, with the header, and what is left. */
function cutTable(table: CleanTable, size: number): CutTable {
  let room = size - sizeOf({ ...table, rows: [] });
  let count = 0;
  for (const row of table.rows) {
    room -= sizeOfRow(row);
    if (room < 0 || count === limits.tableRows - 1) break;
    count += 1;
  }
  if (count === table.rows.length) return [table, null];
  if (count === 0) return [null, table];
  return [
    { ...table, rows: table.rows.slice(0, count) },
    { ...table, rows: table.rows.slice(count) },
  ];
}
