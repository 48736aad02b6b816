import type { TableBlock } from '@slack/types';
import { RichText } from './rich-text.tsx';

type Cell = TableBlock['rows'][number][number];

interface Parts {
  readonly rows: readonly (readonly Cell[])[];
  readonly settings: readonly (NonNullable<TableBlock['column_settings']>[number] | null)[];
  readonly caption?: string;
}

/** A table; its first row is its head. */
export function Table({ rows: all, settings, caption }: Parts) {
  const [head, ...rows] = all;
  const style = (column: number) => {
    const { align, is_wrapped: isWrapped } = settings[column] ?? {};
    return { textAlign: align ?? 'left', whiteSpace: isWrapped === true ? 'normal' : undefined } as const;
  };
  return (
    <div className="table" role="region" aria-label={caption ?? 'Table'} tabIndex={0}>
      <table>
        {caption !== undefined && <caption>{caption}</caption>}
        <thead>
          <tr>
            {head?.map((cell, column) => (
              <th key={column} scope="col" style={style(column)}>
                <CellText cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} style={style(column)}>
                  <CellText cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CellText({ cell }: { readonly cell: Cell }) {
  return cell.type === 'rich_text' ? <RichText block={cell} /> : cell.text;
}
