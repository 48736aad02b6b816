import { z } from 'zod';
import type { LogStyle } from '../swarm/log-rows.ts';
import { parseDuration } from '../swarm/duration.ts';
import { parseMoment } from '../swarm/parse-moment.ts';
import type { Flags } from './command-line.ts';

/** The docker CLI shows everything there is; in a chat that is rarely what one wants. */
const defaultTail = '100';
/** Milliseconds. */
export const following = { least: 5_000, usual: 60_000, most: 10 * 60_000 };

export const logFlags = {
  tail: {
    type: 'string',
    short: 'n',
    value: 'number',
    summary: `Newest lines to show of each task, or all (default ${defaultTail})`,
  },
  since: {
    type: 'string',
    value: 'moment',
    summary:
      'Only lines since then: 10m, 2h, 2026-01-31T12:00:00Z (UTC without a zone), or seconds since 1970',
  },
  timestamps: { type: 'boolean', short: 't', summary: 'Show when each line was written' },
  follow: {
    type: 'boolean',
    short: 'f',
    summary: 'Go on with what is written, in a message that everybody in the channel sees',
  },
  for: { type: 'string', value: 'duration', summary: 'How long to follow, up to 10m (default 1m)' },
  'no-resolve': { type: 'boolean', summary: 'Show ids in place of names' },
  'no-task-ids': { type: 'boolean', summary: 'Leave out the ids of tasks' },
  'no-trunc': { type: 'boolean', summary: 'Show task ids and long lines (up to 16 KB) in full' },
  raw: { type: 'boolean', summary: 'Show lines without what wrote them' },
} as const satisfies Flags;

export const logFlagsInput = z
  .object({
    tail: z
      .string()
      .regex(/^(?:\d{1,9}|all)$/, '--tail takes a number of lines, or all.')
      .exactOptional(),
    since: z
      .string()
      .refine(
        (text) => parseMoment(text, 0) !== undefined,
        '--since takes how long ago (10m, 2h), a time such as 2026-01-31T12:00:00Z, or seconds since 1970.',
      )
      .exactOptional(),
    timestamps: z.boolean().exactOptional(),
    follow: z.boolean().exactOptional(),
    for: z
      .string()
      .refine((text) => {
        const span = parseDuration(text);
        return span !== undefined && span >= following.least && span <= following.most;
      }, '--for takes a duration from 5s to 10m.')
      .exactOptional(),
    'no-resolve': z.boolean().exactOptional(),
    'no-task-ids': z.boolean().exactOptional(),
    'no-trunc': z.boolean().exactOptional(),
    raw: z.boolean().exactOptional(),
  })
  .refine((flags) => flags.for === undefined || flags.follow === true, '--for goes with --follow alone.');

export type LogFlags = z.infer<typeof logFlagsInput>;

/** @param now milliseconds since 1970. */
export function logRange(
  { tail = defaultTail, since }: LogFlags,
  now: number,
): { readonly tail: number | 'all'; readonly since: number | undefined } {
  return {
    tail: tail === 'all' ? 'all' : Number(tail),
    since: since === undefined ? undefined : parseMoment(since, now),
  };
}

/** Milliseconds. */
export function followTime(flags: LogFlags): number {
  return parseDuration(flags.for ?? '') ?? following.usual;
}

export function logStyle(flags: LogFlags): LogStyle {
  return {
    timestamps: flags.timestamps === true,
    noTrunc: flags['no-trunc'] === true,
    noTaskIds: flags['no-task-ids'] === true,
    noResolve: flags['no-resolve'] === true,
    raw: flags.raw === true,
  };
}
