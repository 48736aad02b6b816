import { describe, expect, it } from 'vitest';
import { dispatcher } from '../../../src/dispatch/dispatch.ts';
import { type EntryPoint, entryPoints, type Request } from '../../../src/dispatch/request.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import type { Operation, Prepared, Touches } from '../../../src/operations/operation.ts';
import { operations } from '../../../src/operations/table.ts';
import type { Person, Policy, Standing } from '../../../src/policy/policy.ts';
import type { AuditBegin, AuditLog } from '../../../src/store/store.ts';
import type { Target } from '../../../src/swarm/target.ts';

/*
 * Entry point × person × channel × target, for every operation of the table, through the real dispatcher: did it run?
 * What is expected is written out by hand below, and knows nothing of how `authorize` decides.
 */

const service = (cluster: string, name: string, labels = {}): Target => ({
  kind: 'service',
  cluster,
  name,
  labels,
});

/** The columns of the verdicts: what a command touches, and in which cluster. */
const columns: readonly (readonly [name: string, cluster: string, touches: Touches])[] = [
  ['shop', 'prod', { kind: 'some', targets: [service('prod', 'shop_web', { team: 'shop' })] }],
  ['blog', 'prod', { kind: 'some', targets: [service('prod', 'blog')] }],
  ['vault', 'prod', { kind: 'some', targets: [service('prod', 'vault', { team: 'shop' })] }],
  ['frozen', 'prod', { kind: 'some', targets: [service('prod', 'shop_ice', { frozen: '1', team: 'shop' })] }],
  ['node', 'prod', { kind: 'some', targets: [{ kind: 'node', cluster: 'prod', name: 'shop_1' }] }],
  ['prod', 'prod', { kind: 'some', targets: [{ kind: 'cluster', cluster: 'prod' }] }],
  ['shop+blog', 'prod', { kind: 'some', targets: [service('prod', 'shop_web'), service('prod', 'blog')] }],
  ['staging', 'staging', { kind: 'some', targets: [service('staging', 'shop_web')] }],
  ['list', 'prod', { kind: 'list' }],
  ['list of staging', 'staging', { kind: 'list' }],
  ['nothing', 'prod', { kind: 'some', targets: [] }],
];

/** Everything that a rule can be made of, around one operation. */
function policyAround(operation: Operation): Policy {
  const others = operations.map(({ name }) => name).filter((name) => name !== operation.name);
  return {
    channels: {
      C0PROD: { cluster: 'prod' },
      C0STAGING: { cluster: 'staging' },
      C0CLOSED: { cluster: 'prod' },
    },
    roles: {
      exact: { allow: [operation.name], includes: [] },
      wide: { allow: ['*'], includes: [] },
      including: { allow: [], includes: ['exact', 'others'] },
      others: { allow: [...others, `${operation.name}.x`, `x.${operation.name}`], includes: ['others'] },
    },
    grants: [
      { role: 'exact', to: ['U0EXACT', 'U0BANNED'] },
      { role: 'wide', to: ['S0WIDE'], in: ['C0PROD'] },
      { role: 'including', to: ['U0SCOPED'], in: ['C0PROD'], on: ['prod/shop_*', 'prod/node:*'] },
      { role: 'exact', to: ['U0LABEL'], on: ['label:team=shop'] },
      { role: 'others', to: ['everyone'] },
    ],
    deny: [
      { operations: [operation.name], on: ['prod/vault'] },
      { operations: ['*'], on: ['label:frozen=*'] },
      { operations: [operation.name], to: ['S0BANNED'] },
      { operations: ['*'], in: ['C0CLOSED'] },
    ],
  };
}

const people: Readonly<Record<string, readonly string[]>> = {
  U0EXACT: [],
  U0WIDE: ['S0OTHER', 'S0WIDE'],
  U0SCOPED: [],
  U0LABEL: [],
  U0BANNED: ['S0BANNED'],
  U0NOBODY: ['S0OTHER'],
};

const channels = ['C0PROD', 'C0STAGING', 'C0CLOSED', 'C0RANDOM'];
const standings: readonly Standing[] = ['member', 'guest', 'bot', 'deleted', 'stranger', 'foreign'];
const never = '- - - - - - - - - - -';

/** What full members may do: one verdict for each column, `+` for what runs. Where nothing is said, nothing runs. */
const granted: Readonly<Record<string, string>> = {
  //                  shop blog vault frozen node prod both staging list list nothing
  'U0EXACT in C0PROD': '+ + - - + + + + + + -',
  'U0EXACT in C0STAGING': '+ + - - + + + + + + -',
  'U0WIDE in C0PROD': '+ + - - + + + + + + -',
  'U0SCOPED in C0PROD': '+ - - - + - - - + - -',
  'U0LABEL in C0PROD': '+ - - - - - - - + + -',
  'U0LABEL in C0STAGING': '+ - - - - - - - + + -',
};

/** The same for what every full member may use where commands work. */
const open = Object.fromEntries(
  ['U0EXACT', 'U0WIDE', 'U0SCOPED', 'U0LABEL', 'U0NOBODY'].flatMap((user) =>
    ['C0PROD', 'C0STAGING'].map((channel) => [`${user} in ${channel}`, '+ + - - + + + + + + +']),
  ),
);

function expected(operation: Operation, person: Person, channel: string): string {
  if (person.standing !== 'member') return never;
  return (operation.open ? open : granted)[`${person.id} in ${channel}`] ?? never;
}

async function unasked(): Promise<never> {
  throw new Error('an engine was asked');
}

/** What is decided here is decided without asking an engine. */
function engine(cluster: string): Engine {
  return {
    cluster,
    info: unasked,
    version: unasked,
    services: unasked,
    hasRegistryAuth: () => false,
    imageDigest: unasked,
    service: unasked,
    updateService: unasked,
    tasks: unasked,
    nodes: unasked,
    node: unasked,
    async *logs() {
      yield await unasked();
    },
    updateNode: unasked,
  };
}

/** The operation as the table has it, but for what it touches and does. */
function stubbed(operation: Operation, touches: Touches, ran: () => void): Operation {
  const targets = async () =>
    ({ kind: 'some', targets: touches.kind === 'some' ? touches.targets : [] }) as const;
  const prepared: Prepared =
    operation.kind === 'read'
      ? {
          kind: 'read',
          targets: async () => touches,
          async run() {
            ran();
            return [];
          },
        }
      : {
          kind: 'change',
          targets,
          plan: async () => ({
            summary: 'change it',
            record: null,
            preview: [],
            async apply() {
              ran();
              return { kind: 'done', detail: 'changed', answer: [] };
            },
          }),
        };
  return { ...operation, prepare: () => prepared };
}

interface Case {
  readonly operation: Operation;
  readonly entry: EntryPoint;
  readonly person: Person;
  readonly channel: string;
  readonly cluster: string;
  readonly touches: Touches;
}

/** @returns whether it ran, and what the audit log says was decided. */
async function attempt({ operation, entry, person, channel, cluster, touches }: Case) {
  let runs = 0;
  const begun: AuditBegin[] = [];
  const audit: AuditLog = {
    begin: async (row) => void begun.push(row),
    end: async () => {},
    entries: async () => [],
    entry: async () => null,
    closeInterrupted: async () => [],
    verify: async () => ({ intact: true, rows: 0, head: '' }),
  };
  const command = ['-c', cluster, ...operation.words];
  const request: Request = {
    id: 'request',
    entry,
    team: 'T0',
    user: person.id,
    channel,
    thread: null,
    command: entry === 'command' || entry === 'mention' ? command.join(' ') : command,
    reply: {
      whisper: async () => {},
      announce: async () => ({
        message: '17.1',
        update: () => {},
        finish: async () => {},
        detail: async () => {},
      }),
    },
  };
  const dispatch = dispatcher({
    operations: [
      stubbed(operation, touches, () => {
        runs += 1;
      }),
    ],
    policy: () => policyAround(operation),
    engines: { get: engine },
    people: { person: async () => person },
    audit,
    announcements: {
      put: async () => {},
      posted: async () => {},
      open: async () => [],
      forget: async () => {},
    },
    log: { info: () => {}, warn: () => {}, error: () => {} },
    now: () => 0,
    stopping: new AbortController().signal,
  });
  await dispatch(request);
  return { runs, decisions: begun.map(({ decision }) => decision) };
}

describe('the authorization matrix', () => {
  it('holds every operation', () => {
    expect(operations.length).toBeGreaterThan(5);
    expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length);
  });

  describe.each(operations.map((operation) => [operation.name, operation] as const))(
    '%s',
    (_name, operation) => {
      // A change has no list: it touches things, or nothing.
      const mine = columns.filter(([, , touches]) => operation.kind === 'read' || touches.kind === 'some');
      const cases = Object.entries(people).flatMap(([id, groups]) =>
        standings.flatMap((standing) =>
          channels.map((channel) => ({ person: { team: 'T0', id, standing, groups }, channel })),
        ),
      );

      it.each(entryPoints)('by %s runs exactly where it may', async (entry) => {
        const wrong: string[] = [];
        for (const { person, channel } of cases) {
          const verdicts = expected(operation, person, channel).split(' ');
          for (const column of mine) {
            const [name, cluster, touches] = column;
            const may = verdicts[columns.indexOf(column)] === '+';
            const { runs, decisions } = await attempt({
              operation,
              entry,
              person,
              channel,
              cluster,
              touches,
            });
            const right = runs === (may ? 1 : 0) && decisions.join() === (may ? 'allowed' : 'denied');
            const seen = `${runs} runs, ${decisions.join()}`;
            if (!right) wrong.push(`${person.id} (${person.standing}) in ${channel} on ${name}: ${seen}`);
          }
        }
        expect(wrong).toEqual([]);
      });
    },
  );
});
