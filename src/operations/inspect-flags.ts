import { z } from 'zod';
import type { Flags } from './command-line.ts';
import { inspectFormatFlag } from './format-flag.ts';

/** Flags of every `inspect`. */
export const inspectFlags = {
  pretty: { type: 'boolean', summary: 'Show what matters, to be read by people' },
  format: { type: 'string', short: 'f', value: 'json', summary: 'As JSON on one line' },
} as const satisfies Flags;

export const inspectFlagsInput = z
  .object({ pretty: z.boolean().exactOptional(), format: inspectFormatFlag.exactOptional() })
  .refine(({ pretty, format }) => pretty !== true || format === undefined, {
    error: '--pretty and --format exclude each other.',
  });

/** JSON as `docker inspect` prints it: an array, indented by four, or on one line when asked for with `--format`. */
export function inspectJson(things: readonly unknown[], format: 'json' | undefined): string {
  return format === undefined ? JSON.stringify(things, null, 4) : JSON.stringify(things);
}
