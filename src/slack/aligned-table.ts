import type { CleanCell, CleanTable } from './clean-answer.ts';

/** A table as lines of text, columns aligned with spaces: for where Slack shows no table. */
export function alignedTable({ columns, rows }: Pick<CleanTable, 'columns' | 'rows'>): string {
  const lines = [columns, ...rows.map((row) => row.map(cellText))];
  const widths = columns.map((_, column) =>
    lines.reduce((widest, line) => Math.max(widest, line[column]?.length ?? 0), 0),
  );
  return lines
    .map((line) =>
      line
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}

export function cellText(cell: CleanCell): string {
  if ('text' in cell) return cell.text;
  return 'person' in cell ? cell.person : cell.channel;
}
