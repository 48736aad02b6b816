import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dispatcher } from '../../../src/dispatch/dispatch.ts';
import type { Answer, Request } from '../../../src/dispatch/request.ts';
import { connectEngines } from '../../../src/engine/connect-engines.ts';
import { EngineFailure } from '../../../src/engine/engine.ts';
import { canI } from '../../../src/operations/can-i.ts';
import { help } from '../../../src/operations/help.ts';
import { type ApplyTools, change, type Outcome, read } from '../../../src/operations/operation.ts';
import { serviceLogs } from '../../../src/operations/service-logs.ts';
import type { Person, Policy } from '../../../src/policy/policy.ts';
import { sqliteStore } from '../../../src/store/sqlite-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { Failure } from '../../../src/swarm/failure.ts';

const cluster = 'prod';
const alice: Person = { team: 'T1', id: 'U0ALICE', standing: 'member', groups: [] };

/** No operation of these tests asks an engine anything: that is for the suites on a real Swarm. */
const engines = connectEngines({ [cluster]: { host: 'unix:///nonexistent/docker.sock' } }, {});

const policy: Policy = {
  channels: { C0DEPLOYS: { cluster } },
  roles: {
    operator: { allow: ['box.*'], includes: [] },
    reader: { allow: ['service.logs'], includes: [] },
  },
  grants: [
    { role: 'operator', to: ['U0ALICE'], on: ['prod/lid'] },
    { role: 'reader', to: ['U0ALICE'], on: ['prod/hinge'] },
  ],
  deny: [],
};

/** How a change of the box ends. */
type Ends = (tools: ApplyTools) => Promise<Outcome>;

/** A box whose lid can be opened: the change is seen in `lid`. */
function box(ends: Ends) {
  const state = { lid: 'shut' };
  const lid = { kind: 'service', cluster, name: 'lid', labels: {} } as const;
  const described = { shortForms: [], arguments: '', flags: {}, summary: 'A box', example: 'box open' };
  const open = change({
    ...described,
    name: 'box.open',
    words: ['box', 'open'],
    input: z.looseObject({}),
    targets: async () => ({ kind: 'some', targets: [lid] }),
    plan: async () => ({
      summary: 'open the lid',
      record: { lid: ['shut', 'open'] },
      preview: [text('opening')],
      offer: { label: 'Open it', command: ['box', 'open'], pin: `it is ${state.lid}` },
    }),
    async apply(_, tools) {
      state.lid = 'open';
      return ends(tools);
    },
  });
  const look = read({
    ...described,
    name: 'box.look',
    words: ['box', 'look'],
    input: z.looseObject({}),
    targets: async () => ({ kind: 'some', targets: [lid] }),
    run: async () => [text(state.lid)],
  });
  const other = change({
    ...described,
    name: 'box.other',
    words: ['box', 'other'],
    input: z.looseObject({}),
    targets: async () => ({ kind: 'some', targets: [{ ...lid, name: 'floor' }] }),
    plan: async () => ({ summary: 'open the floor', record: null, preview: [] }),
    async apply(_, tools) {
      state.lid = 'broken';
      return ends(tools);
    },
  });
  return { state, operations: [open, look, other, serviceLogs, help, canI] };
}

function text(content: string): Answer[number] {
  return { kind: 'text', text: [content] };
}

const done = async (): Promise<Outcome> => ({ kind: 'done', detail: 'it is open', answer: [text('open')] });

describe('dispatch', () => {
  let store: Store;
  beforeEach(async () => {
    store = await sqliteStore({ file: ':memory:' });
    return async () => store[Symbol.asyncDispose]();
  });

  /** Sends one request, and gives what was seen: by the asker, in the channel, in the audit log, in the box. */
  async function send(
    command: string,
    {
      person = alice,
      channel = 'C0DEPLOYS',
      ends = done,
      audit = store.audit,
      announcements = store.announcements,
      announceable = true,
      turnsPage = false,
      pin,
    }: {
      person?: Person | Failure;
      channel?: string;
      ends?: Ends;
      audit?: Store['audit'];
      announcements?: Store['announcements'];
      announceable?: boolean;
      turnsPage?: boolean;
      pin?: string;
    } = {},
  ) {
    const whispered: string[] = [];
    const announced: string[] = [];
    const { state, operations } = box(ends);
    const say = (answer: Answer) => JSON.stringify(answer);
    const request: Request = {
      id: 'request-1',
      entry: 'command',
      team: 'T1',
      user: 'U0ALICE',
      channel,
      thread: null,
      command,
      ...(turnsPage && { onlyReads: true }),
      pin,
      reply: {
        whisper: async (answer) => void whispered.push(say(answer)),
        async announce(answer) {
          if (!announceable) throw new Failure('unavailable', 'Invite me first: /invite @Shipmate.');
          announced.push(say(answer));
          return {
            message: '17.1',
            update: (next) => void announced.push(say(next)),
            finish: async (last) => void announced.push(say(last)),
          };
        },
      },
    };
    const dispatch = dispatcher({
      operations,
      policy: () => policy,
      engines,
      people: {
        async person() {
          if (person instanceof Failure) throw person;
          return person;
        },
      },
      audit,
      announcements,
      log: { info: ignore, warn: ignore, error: ignore },
      now: () => 1_000,
      stopping: new AbortController().signal,
    });
    await dispatch(request);
    const entries = await store.audit.entries({ limit: 10 });
    return { whispered: whispered.join('\n'), announced, entries, lid: state.lid };
  }

  /** The audit log on a disk that is full for so many writes. */
  function failing(method: 'begin' | 'end', times: number): Store['audit'] {
    let left = times;
    const fails = async () => {
      left -= 1;
      if (left >= 0) throw new Failure('unavailable', 'The disk is full.');
    };
    return {
      ...store.audit,
      begin: async (entry) => {
        if (method === 'begin') await fails();
        await store.audit.begin(entry);
      },
      end: async (entry) => {
        if (method === 'end') await fails();
        await store.audit.end(entry);
      },
    };
  }

  it('carries out a change, tells it in the channel, and writes down how it ended', async () => {
    const seen = await send('box open');
    expect(seen.lid).toBe('open');
    expect(seen.announced.at(0)).toContain('opening');
    expect(seen.announced.at(-1)).toContain('"open"');
    expect(seen.whispered).toBe('');
    expect(seen.entries).toMatchObject([
      {
        operation: 'box.open',
        user: 'U0ALICE',
        targets: ['prod/lid'],
        decision: 'allowed',
        rule: 'grants[0]',
        outcome: 'done',
        plan: { summary: 'open the lid', record: { lid: ['shut', 'open'] } },
      },
    ]);
  });

  it('answers a read to the asker alone', async () => {
    const seen = await send('box look');
    expect(seen.whispered).toContain('shut');
    expect(seen.announced).toEqual([]);
    expect(seen.entries).toMatchObject([{ operation: 'box.look', outcome: 'done', plan: null }]);
  });

  it('turns a page by a read alone, never by a change', async () => {
    const read = await send('box look', { turnsPage: true });
    expect(read.whispered).toContain('shut');
    const change = await send('box open', { turnsPage: true });
    expect(change.lid).toBe('shut');
    expect(change.whispered).toContain('Turning a page never changes anything');
    expect(change.announced).toEqual([]);
  });

  it('refuses a click when something else would happen than its dialog said, and offers that', async () => {
    const moved = await send('box open', { pin: 'it is ajar' });
    expect(moved.lid).toBe('shut');
    expect(moved.announced).toEqual([]);
    expect(moved.whispered).toContain('Now it would be: open the lid.');
    expect(moved.whispered).toContain('"pin":"it is shut"');
    expect(moved.entries).toMatchObject([{ decision: 'allowed', outcome: 'refused', plan: null }]);
  });

  it('carries out a click when just that would happen which its dialog said', async () => {
    expect((await send('box open', { pin: 'it is shut' })).lid).toBe('open');
  });

  it('refuses a change to what no grant covers, and writes that down', async () => {
    const seen = await send('box other');
    expect(seen.lid).toBe('shut');
    expect(seen.whispered).toContain('You may not run');
    expect(seen.entries).toMatchObject([
      { operation: 'box.other', targets: ['prod/floor'], decision: 'denied', outcome: 'refused' },
    ]);
  });

  it.each(['guest', 'bot', 'deleted', 'stranger', 'foreign'] as const)('refuses a %s', async (standing) => {
    const seen = await send('box open', { person: { ...alice, standing } });
    expect(seen.lid).toBe('shut');
    expect(seen.entries).toMatchObject([{ decision: 'denied', rule: 'standing', outcome: 'refused' }]);
  });

  it('explains no mistake to those who may use no commands here', async () => {
    const seen = await send('bxo open', { person: { ...alice, standing: 'guest' } });
    expect(seen.whispered).not.toContain('Did you mean');
    expect(seen.entries).toMatchObject([{ operation: 'unknown', decision: 'denied' }]);
  });

  it('refuses everyone in a channel that is not configured', async () => {
    const seen = await send('box open', { channel: 'C0RANDOM' });
    expect(seen.lid).toBe('shut');
    expect(seen.entries).toMatchObject([{ rule: 'channels', outcome: 'refused' }]);
  });

  it('refuses when it cannot be found out who asks', async () => {
    const seen = await send('box open', {
      person: new Failure('unavailable', 'Slack does not say who you are.'),
    });
    expect(seen.lid).toBe('shut');
    expect(seen.whispered).toContain('Slack does not say who you are.');
    expect(seen.entries).toMatchObject([{ decision: 'denied', rule: 'not decided', outcome: 'refused' }]);
  });

  it('refuses a change that cannot be written to the audit log', async () => {
    const seen = await send('box open', { audit: failing('begin', 1) });
    expect(seen.lid).toBe('shut');
    expect(seen.announced).toEqual([]);
    expect(seen.whispered).toContain('The disk is full.');
    expect(seen.entries).toMatchObject([{ outcome: 'refused', plan: null }]);
  });

  it('tells the end of a change that cannot be written down, and writes it when it can', async () => {
    const seen = await send('box open', { audit: failing('end', 2) });
    expect(seen.announced.at(-1)).toContain('"open"');
    expect(seen.entries).toMatchObject([{ outcome: 'done', detail: 'it is open' }]);
    expect(await store.announcements.open()).toEqual([]);
  });

  it.each(['put', 'posted'] as const)(
    'changes nothing when the announcement cannot be stored (%s), and says so wherever it was told',
    async (method) => {
      const announcements = {
        ...store.announcements,
        [method]: async () => Promise.reject(new Failure('unavailable', 'The disk is full.')),
      };
      const seen = await send('box open', { announcements });
      expect(seen.lid).toBe('shut');
      expect(seen.whispered).toContain('The disk is full.');
      expect(seen.announced.slice(1).join()).toMatch(method === 'put' ? /^$/ : /Nothing was changed\./);
      expect(seen.entries).toMatchObject([{ outcome: 'refused' }]);
      expect(await store.announcements.open()).toEqual([]);
    },
  );

  it('lets a change read the logs that whoever asked for it may read', async () => {
    const service = (name: string) => ({ kind: 'service', cluster, name, labels: {} }) as const;
    const seen = await send('box open', {
      ends: async ({ mayReadLogs }) => ({
        ...(await done()),
        detail: ['hinge', 'lid'].filter((name) => mayReadLogs(service(name))).join(),
      }),
    });
    expect(seen.entries).toMatchObject([{ detail: 'hinge' }]);
  });

  it('keeps an announcement until its end is told', async () => {
    const open: unknown[] = [];
    const ends = async () => {
      open.push(...(await store.announcements.open()));
      return done();
    };
    await send('box open', { ends });
    expect(open).toMatchObject([{ requestId: 'request-1', channel: 'C0DEPLOYS', message: '17.1' }]);
    expect(await store.announcements.open()).toEqual([]);
  });

  it('answers a read that cannot be written to the audit log, and says so', async () => {
    const audit = {
      ...store.audit,
      begin: async () => Promise.reject(new Failure('unavailable', 'The disk is full.')),
    };
    const seen = await send('box look', { audit });
    expect(seen.whispered).toContain('shut');
    expect(seen.whispered).toContain('could not be written to the audit log');
  });

  it('writes the end of a read down when it can', async () => {
    const seen = await send('box look', { audit: failing('end', 1) });
    expect(seen.whispered).toContain('shut');
    expect(seen.entries).toMatchObject([{ operation: 'box.look', outcome: 'done', detail: 'answered' }]);
  });

  it('refuses a change that cannot be told in the channel', async () => {
    const seen = await send('box open', { announceable: false });
    expect(seen.lid).toBe('shut');
    expect(seen.whispered).toContain('Invite me first');
    expect(seen.entries).toMatchObject([{ outcome: 'refused' }]);
  });

  it('tells a failed change as failed', async () => {
    const seen = await send('box open', {
      ends: async () => Promise.reject(new EngineFailure('conflict', 'conflict', 'The hinge is stuck.')),
    });
    expect(seen.announced.at(-1)).toMatch(/"heading","text":"Nothing was changed".*The hinge is stuck\./);
    expect(seen.entries).toMatchObject([{ outcome: 'failed', detail: 'The hinge is stuck.' }]);
  });

  it('writes "unknown" when nobody can say whether a change was made', async () => {
    const cut = new EngineFailure('unavailable', 'timed-out', 'No answer within 25 s.', { uncertain: true });
    const seen = await send('box open', { ends: async () => Promise.reject(cut) });
    expect(seen.entries).toMatchObject([{ outcome: 'unknown' }]);
    expect(seen.announced.at(-1)).toContain('Whether anything was changed isn’t known');
    expect(seen.announced.at(-1)).not.toContain('Nothing was changed');
  });

  it('tells a bug as its own, with the request’s id and without its text', async () => {
    const seen = await send('box open', { ends: async () => Promise.reject(new Error('secret innards')) });
    expect(seen.announced.at(-1)).toContain('request-1');
    expect(seen.announced.at(-1)).not.toContain('secret innards');
    expect(seen.entries).toMatchObject([{ outcome: 'unknown' }]);
  });

  it('names the clusters when another is asked for that is not there', async () => {
    expect((await send('-c nope box look')).whispered).toContain('there is prod');
  });

  it('helps with what one may do here, and nothing else', async () => {
    const { whispered } = await send('help');
    expect(whispered).toContain('box open');
    expect(whispered).toContain('can-i');
    const guest = await send('help', { person: { ...alice, id: 'U0OTHER' } });
    expect(guest.whispered).not.toContain('box open');
  });

  it.each(['box other DB_PASSWORD=hunter8', 'can-i box other DB_PASSWORD=hunter8'])(
    'repeats no secret to whoever typed "%s"',
    async (command) => {
      const { whispered } = await send(command);
      expect(whispered).toContain('DB_PASSWORD=••••');
      expect(whispered).not.toContain('hunter8');
    },
  );

  it.each([
    ['can-i box open', 'Yes', 'grants[0]'],
    ['can-i docker box open', 'Yes', 'grants[0]'],
    ['can-i box other', 'No', 'no grant'],
    ['can-i -c prod box look', 'Yes', 'grants[0]'],
  ])('answers "%s" with %s and the rule', async (command, answer, rule) => {
    const { whispered, lid } = await send(command);
    expect(whispered).toContain(`{"strong":"${answer}"}`);
    expect(whispered).toContain(rule);
    expect(lid).toBe('shut');
  });
});

function ignore(): void {
  // What is logged is not what these tests look at.
}
