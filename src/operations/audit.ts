import { z } from 'zod';
import type { AuditEntry } from '../store/store.ts';
import { parseDuration } from '../swarm/duration.ts';
import type { Target } from '../swarm/target.ts';
import type { Answer, Table } from './answer.ts';
import { commandWords } from './command-words.ts';
import { read } from './operation.ts';

const defaultSince = '7d';
/** What is read at the most, of all clusters, and what is shown of it: more is found with a narrower `--since` or a target. */
const most = { read: 1000, shown: 200 };

export const audit = read({
  name: 'audit',
  words: ['audit'],
  shortForms: [],
  summary: 'Show who asked for what, what was decided, and how it ended',
  arguments: '[TARGET]',
  flags: {
    since: {
      type: 'string',
      value: 'duration',
      summary: `How far back, such as 90m, 24h or 7d (default ${defaultSince})`,
    },
  },
  example: 'audit web --since 24h',
  input: z
    .object({
      args: z.array(z.string()).max(1, 'audit takes one target at most, such as web, prod/web or "prod/*".'),
      flags: z.object({ since: z.string().default(defaultSince) }),
    })
    .transform(({ args, flags }, context) => {
      const since = parseDuration(flags.since);
      if (since === undefined) {
        context.addIssue({
          code: 'custom',
          message: `--since takes a duration such as 90m, 24h or 7d, not "${flags.since}".`,
        });
        return z.NEVER;
      }
      return { target: args[0], since, sinceText: flags.since };
    }),
  targets: async () => ({ kind: 'list' }),
  async run({ target, since, sinceText }, { engine, audit: log, visible, now }) {
    const { cluster } = engine;
    const entries = await log.entries({
      ...(target === undefined ? {} : { targets: targetPatterns(cluster, target) }),
      since: now() - since,
      limit: most.read,
    });
    const here = entries.filter((entry) => entry.cluster === cluster || entry.cluster === null);
    const allowed = here.filter((entry) => touched(entry, cluster).every((each) => visible(each)));
    const shown = allowed.slice(0, most.shown);
    const hidden = here.length - allowed.length;
    const more = entries.length === most.read || allowed.length > shown.length;
    return [
      {
        kind: 'table',
        columns: ['When (UTC)', 'Who', 'Where', 'How', 'Command', 'Target', 'Decision', 'Outcome', 'Request'],
        rows: shown.map(row),
        empty: `Nothing in the audit log of ${cluster} in the last ${sinceText}${target === undefined ? '' : ` for ${target}`}.`,
      },
      ...(more
        ? [note('There are older entries; find them with a narrower --since, or with a target.')]
        : []),
      ...hiddenEntries(hidden),
      {
        kind: 'buttons',
        buttons: [
          {
            label: 'Refresh',
            command: commandWords(cluster, ['audit'], {
              args: target === undefined ? [] : [target],
              flags: { since: sinceText },
            }),
          },
        ],
      },
    ];
  },
});

function hiddenEntries(hidden: number): Answer {
  if (hidden === 0) return [];
  return [
    note(
      hidden === 1
        ? '1 entry is not shown: nothing grants you what it touches.'
        : `${hidden} entries are not shown: nothing grants you what they touch.`,
    ),
  ];
}

function note(text: string): Answer[number] {
  return { kind: 'note', text: [text] };
}

/** `web` means a service or a node of this cluster; with a slash it is taken as it stands. */
function targetPatterns(cluster: string, target: string): readonly string[] {
  return target.includes('/') ? [target] : [`${cluster}/${target}`, `${cluster}/node:${target}`];
}

/** Labels were not written down: a grant by label shows nothing here, and a deny by label hides every service. */
function touched(entry: AuditEntry, cluster: string): readonly Target[] {
  if (entry.targets.length === 0) return [{ kind: 'cluster', cluster }];
  return entry.targets.map((name): Target => {
    const [, rest = ''] = name.split('/', 2);
    if (rest === '') return { kind: 'cluster', cluster };
    return rest.startsWith('node:')
      ? { kind: 'node', cluster, name: rest.slice('node:'.length) }
      : { kind: 'service', cluster, name: rest, labels: null };
  });
}

function row(entry: AuditEntry): Table['rows'][number] {
  return [
    new Date(entry.at).toISOString().replace('T', ' ').slice(0, 19),
    { person: entry.user },
    { channel: entry.channel },
    entry.entry,
    shortened(entry.command, 80),
    shortened(entry.targets.join(', '), 80),
    decision(entry),
    shortened(ending(entry), 160),
    entry.requestId,
  ];
}

/** What is wrong in itself is never decided on. */
function decision({ decision: said, rule, operation }: AuditEntry): string {
  return operation === 'unknown' && said === 'allowed' ? 'not understood' : `${said} by ${rule}`;
}

/** One long line must not push the others out of sight; the log itself has all of it. */
function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function ending({ outcome, detail, at, endedAt }: AuditEntry): string {
  if (outcome === null) return 'running';
  // What was cut off is ended by the next process: when that started is no time that the change took.
  const isTimed = endedAt !== null && outcome !== 'unknown';
  const seconds = isTimed ? ` after ${((endedAt - at) / 1000).toFixed(1)} s` : '';
  return `${outcome}${seconds}${detail === null || detail === '' ? '' : `: ${detail}`}`;
}
