import type { TableBlock } from '@slack/types';
import type { CleanCell, CleanTable } from './clean-answer.ts';
import { richText } from './render-text.ts';

type Cell = TableBlock['rows'][number][number];

/** A table that fits into one block. https://docs.slack.dev/reference/block-kit/blocks/table-block */
export function renderTable({ columns, rows }: CleanTable): TableBlock {
  return {
    type: 'table',
    rows: [columns.map((strong) => richText([{ strong }])), ...rows.map((row) => row.map(renderCell))],
  };
}

function renderCell(cell: CleanCell): Cell {
  if (!('text' in cell)) return richText([cell]);
  return cell.strong ? richText([{ strong: cell.text }]) : { type: 'raw_text', text: cell.text };
}
