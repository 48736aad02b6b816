import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/dispatch/request.ts';
import { startWorkspace } from '../../src/sandbox/slack/workspace.ts';
import { boltChat } from '../../src/slack/bolt-chat.ts';
import { connectedChat, eventually, transports } from './connected-chat.ts';

const hello: Answer = [{ kind: 'text', text: ['hello'] }];
const pressable: Answer = [{ kind: 'buttons', buttons: [{ label: 'Refresh', command: ['ls'] }] }];
const hanging = () => new Promise<never>(() => undefined);
const never = () => Promise.reject(new Error('the database is locked'));

describe('a Socket Mode connection', () => {
  it.each(['warning', 'refresh_requested', 'link_disabled'] as const)(
    'is made anew when Slack ends it with %s',
    async (reason) => {
      await using test = await connectedChat('socket');
      test.workspace.faults.disconnectAll(reason);
      await eventually(() => test.connections.length === 3 && test.workspace.connections === 1);
      expect(test.connections).toEqual(['connected', 'lost', 'connected']);
      await test.workspace.as('U0ALICE').command('deploys', '/swarm', 'ls');
      expect((await test.nextRequest()).command).toBe('ls');
    },
  );

  it('is made anew after it was cut, however often Slack refuses', async () => {
    await using test = await connectedChat('socket', { chat: { random: () => 0 } });
    const { faults } = test.workspace;
    faults.refuseConnections(1);
    faults.fail('apps.connections.open', { status: 500, times: 2 });
    faults.cutAll();
    await eventually(() => test.connections.at(-1) === 'connected' && test.connections.length > 2, 15_000);
    await test.workspace.as('U0ALICE').command('deploys', '/swarm', 'ls');
    expect((await test.nextRequest()).command).toBe('ls');
    expect(test.logged.map(({ message }) => message)).toContain('the connection to Slack was lost');
  });

  it('is made anew soon, however often Slack ends it', { timeout: 40_000 }, async () => {
    await using test = await connectedChat('socket');
    const made = () => test.connections.filter((each) => each === 'connected').length;
    for (let ended = 1; ended <= 7; ended += 1) {
      test.workspace.faults.disconnectAll('refresh_requested');
      await eventually(() => made() === ended + 1, 15_000);
    }
    const pauses = test.logged.flatMap(({ fields }) => ('pause' in fields ? [fields.pause] : []));
    expect(pauses).toHaveLength(7);
    expect(Math.max(...pauses.map(Number))).toBeLessThanOrEqual(2_000);
  });

  it('gets an event that was delivered while it was down', async () => {
    await using test = await connectedChat('socket', {
      workspace: { redeliverAfterMs: [500, 1_000, 2_000] },
    });
    test.workspace.faults.cutAll();
    await eventually(() => test.workspace.connections === 0);
    test.workspace.as('U0ALICE').mention('deploys', 'ls');
    expect((await test.nextRequest()).command).toBe('ls');
  });

  it('does nothing and says so when Slack does not hear that a command came', async () => {
    const arrived = Promise.withResolvers<void>();
    const cut = Promise.withResolvers<void>();
    await using test = await connectedChat('socket', {
      chat: {
        deliveries: {
          async claim() {
            arrived.resolve();
            await cut.promise;
            return true;
          },
          forget: async () => undefined,
        },
      },
    });
    const typed = test.workspace.as('U0ALICE').command('deploys', '/swarm', 'scale web=0');
    await arrived.promise;
    test.workspace.faults.cutAll();
    await eventually(() => test.connections.includes('lost'));
    cut.resolve();
    const told = await test.workspace.waitFor(() =>
      test.workspace.ephemerals('U0ALICE', 'deploys').find(({ text }) => text.includes('nothing was done')),
    );
    expect(told.author).toBe(test.workspace.bot.user);
    expect(test.requests).toEqual([]);
    await typed;
  });

  it.each([
    ['SLACK_BOT_TOKEN', { botToken: 'xoxb-wrong' }],
    ['SLACK_APP_TOKEN', { appToken: 'xapp-wrong' }],
  ])('does not start with a wrong %s', async (name, wrong) => {
    await using workspace = await startWorkspace({ delivery: { kind: 'socket' } });
    const { botToken, appToken } = { ...workspace.credentials, ...wrong };
    await using chat = boltChat({
      transport: { kind: 'socket', appToken },
      botToken,
      apiUrl: workspace.apiUrl,
      deliveries: { claim: never, forget: never },
      actions: { put: never, bind: never, get: never },
      logger: { info() {}, warn() {}, error() {} },
      now: Date.now,
      randomId: () => 'id',
    });
    const started = chat.start(async () => undefined);
    await expect(started).rejects.toThrow(name);
    await expect(started).rejects.toMatchObject({ kind: 'input' });
  });
});

describe('signed HTTP', () => {
  it('turns away what is not signed, too old, or too large', async () => {
    await using test = await connectedChat('http');
    await test.workspace.as('U0ALICE').command('deploys', '/swarm', 'ls');
    await test.nextRequest();
    const { signingSecret } = test.workspace.credentials;
    const body = 'command=%2Fswarm&text=scale+web%3D0&team_id=T1&user_id=U0ALICE&channel_id=C0DEPLOYS';
    const post = (body: string, at: number, secret: string) => {
      const signature = createHmac('sha256', secret)
        .update(`v0:${String(at)}:${body}`)
        .digest('hex');
      return fetch(test.url, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-slack-request-timestamp': String(at),
          'x-slack-signature': `v0=${signature}`,
        },
      });
    };
    const seconds = Math.floor(Date.now() / 1000);
    expect((await post(body, seconds, 'guessed')).status).toBe(401);
    expect((await post(body, seconds - 600, signingSecret)).status).toBe(401);
    expect((await post('x'.repeat(1_000_001), seconds, signingSecret)).status).toBe(413);
    expect((await fetch(test.url, { method: 'POST', body })).status).toBe(401);
    expect((await fetch(new URL('/', test.url))).status).toBe(404);
    expect(test.requests).toHaveLength(1);
  });
});

describe.each(transports)('the chat over %s', (kind) => {
  it('does nothing and says so when a delivery can not be claimed', async () => {
    await using test = await connectedChat(kind, { chat: { deliveries: { claim: never, forget: never } } });
    const delivery = await test.workspace.as('U0ALICE').command('deploys', '/swarm', 'scale web=0');
    expect(delivery?.acknowledgement).toMatchObject({ kind: 'acknowledged' });
    test.workspace.as('U0BOB').mention('deploys', 'scale web=0');
    for (const user of ['U0ALICE', 'U0BOB']) {
      const told = await test.workspace.waitFor(() => test.workspace.ephemerals(user, 'deploys')[0]);
      expect(told.text).toMatch(/nothing was done/);
    }
    expect(test.requests).toEqual([]);
  });

  it('acknowledges in time when the database hangs', { timeout: 10_000 }, async () => {
    await using test = await connectedChat(kind, {
      chat: { deliveries: { claim: hanging, forget: hanging } },
    });
    const delivery = await test.workspace.as('U0ALICE').command('deploys', '/swarm', 'scale web=0');
    expect(delivery?.acknowledgement).toMatchObject({ kind: 'acknowledged' });
    await test.workspace.waitFor(() => test.workspace.ephemerals('U0ALICE', 'deploys').length > 0);
    expect(test.requests).toEqual([]);
  });

  it('refuses a button that is old, or that somebody else was shown', async () => {
    await using test = await connectedChat(kind, { dispatch: ({ reply }) => reply.whisper(pressable) });
    const { workspace } = test;
    await workspace.as('U0ALICE').command('deploys', '/swarm', 'ls');
    await test.nextRequest();
    const shown = await workspace.waitFor(() => workspace.ephemerals('U0ALICE', 'deploys')[0]);
    await workspace.as('U0BOB').click(shown, 'Refresh');
    await workspace.waitFor(() =>
      JSON.stringify(workspace.calls).includes('does not belong to this message'),
    );

    await workspace.as('U0ALICE').command('deploys', '/swarm', 'ls');
    await test.nextRequest();
    const again = await workspace.waitFor(() => workspace.ephemerals('U0ALICE', 'deploys')[1]);
    test.later(25 * 3_600_000);
    await workspace.as('U0ALICE').click(again, 'Refresh');
    const told = await workspace.waitFor(() =>
      workspace.ephemerals('U0ALICE', 'deploys').find(({ text }) => text.includes('older than a day')),
    );
    // The answer that the button was in is worth keeping.
    expect(told.ts).not.toBe(again.ts);
    expect(workspace.ephemerals('U0ALICE', 'deploys')[1]).toEqual(again);
    expect(test.requests).toHaveLength(2);
  });

  it('refuses a button in another message than the one it was posted in', async () => {
    await using test = await connectedChat(kind, {
      dispatch: async ({ reply }) => {
        await reply.announce(pressable);
      },
    });
    const { workspace } = test;
    await workspace.as('U0ALICE').command('deploys', '/swarm', 'ls');
    await test.nextRequest();
    const shown = await workspace.waitFor(() => workspace.messages('deploys')[0]);
    const copied = { ...shown, ts: workspace.as('U0BOB').say('deploys', 'look').ts };
    await workspace.as('U0ALICE').click(copied, 'Refresh');
    const told = await workspace.waitFor(() => workspace.ephemerals('U0ALICE', 'deploys')[0]);
    expect(told.text).toMatch(/does not belong to this message/);
    expect(test.requests).toHaveLength(1);
  });

  it('knows somebody of another organization by who clicks, not by where the app is', async () => {
    await using test = await connectedChat(kind, {
      dispatch: async ({ reply }) => {
        await reply.announce(pressable);
      },
    });
    await test.workspace.as('U0ALICE').command('deploys', '/swarm', 'ls');
    await test.nextRequest();
    const shown = await test.workspace.waitFor(() => test.workspace.messages('deploys')[0]);
    await test.workspace.as('U0OLGA').click(shown, 'Refresh');
    const { team, user } = await test.nextRequest();
    expect(team).toBe('T0OTHER');
    expect(await test.chat.people.person(team, user)).toMatchObject({ standing: 'foreign', groups: [] });
  });

  it('pays no heed to what bots say', async () => {
    await using test = await connectedChat(kind);
    await test.chat.tell('C0DEPLOYS', [{ kind: 'text', text: [{ person: test.workspace.bot.user }, ' ls'] }]);
    test.workspace.as('U0ALICE').mention('deploys', 'last');
    expect((await test.nextRequest()).command).toBe('last');
  });

  it('refuses whoever it can not look up', async () => {
    await using test = await connectedChat(kind);
    const { faults, team } = test.workspace;
    faults.refuse('usergroups.list', { error: 'missing_scope', times: 1 });
    const person = () => test.chat.people.person(team.id, 'U0ALICE');
    await expect(person()).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await person()).toMatchObject({ standing: 'member', groups: ['S0SRE'] });
  });

  it('sends what is on its way before it stops, and takes nothing more', async () => {
    const test = await connectedChat(kind, {
      dispatch: async ({ reply }) => {
        const announcement = await reply.announce(hello);
        test.workspace.faults.slow('chat.update', { ms: 300 });
        await announcement.finish([{ kind: 'text', text: ['done'] }]);
      },
    });
    await test.workspace.as('U0ALICE').command('deploys', '/swarm', 'scale web=3');
    await test.workspace.waitFor(() => test.workspace.messages('deploys')[0]);
    await test.chat[Symbol.asyncDispose]();
    expect(test.workspace.messages('deploys').map(({ text }) => text)).toEqual(['done']);
    const late = await test.workspace.as('U0ALICE').command('deploys', '/swarm', 'ls');
    expect(late?.acknowledgement.kind).toBe('failed');
    expect(test.requests).toHaveLength(1);
    await test[Symbol.asyncDispose]();
  });
});
