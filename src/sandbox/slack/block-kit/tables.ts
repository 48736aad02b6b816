import { z } from 'zod';
import { asObject } from '../json.ts';
import { limits } from './limits.ts';
import { oneOf } from './problems.ts';
import { richText } from './rich-text.ts';
import { id } from './text.ts';

/** https://docs.slack.dev/reference/block-kit/blocks/table-block */
const cell = oneOf({
  raw_text: z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) }),
  raw_number: z.strictObject({
    type: z.literal('raw_number'),
    value: z.number(),
    text: z.string().min(1),
  }),
  rich_text: richText.refine(({ elements }) => elements.some(holdsSomething), 'a cell must not be empty'),
});

const rows = z.array(z.array(cell).min(1).max(limits.table.columns)).min(1).max(limits.table.rows);

export const table = z.strictObject({
  type: z.literal('table'),
  block_id: id,
  rows,
  column_settings: z
    .array(
      z
        .strictObject({ align: z.enum(['left', 'center', 'right']), is_wrapped: z.boolean() })
        .partial()
        .nullable(),
    )
    .max(limits.table.columns)
    .optional(),
});

export const dataTable = z.strictObject({
  type: z.literal('data_table'),
  block_id: id,
  rows,
  caption: z.string().min(1),
  page_size: z.int().min(1).max(100).optional(),
  row_header_column_index: z.int().min(0).optional(),
});

function holdsSomething(element: unknown): boolean {
  const { type, elements } = asObject(element) ?? {};
  const isGroup = typeof type === 'string' && type.startsWith('rich_text_');
  return isGroup ? Array.isArray(elements) && elements.some(holdsSomething) : true;
}
