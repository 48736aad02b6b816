import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/dispatch/request.ts';
import { connectedChat, transports } from './connected-chat.ts';

const said = (text: string): Answer => [{ kind: 'text', text: [text] }];
const hello = said('hello');
const list: Answer = [
  { kind: 'table', columns: ['NAME'], rows: [['web']], empty: 'none' },
  {
    kind: 'buttons',
    buttons: [
      { label: 'Refresh', command: ['service', 'ls'] },
      {
        label: 'Scale to 4',
        command: ['service', 'scale', 'web=4'],
        confirm: { title: 'Scale web', text: 'From 3 to 4', ok: 'Scale' },
      },
      {
        label: 'Scale…',
        command: ['service', 'scale', 'web={}'],
        form: { title: 'Scale web', label: 'Replicas', initial: '3', submit: 'Scale' },
      },
    ],
  },
];

describe.each(transports)('the chat over %s', (kind) => {
  it('takes a command, and whispers the answer to the asker alone', async () => {
    await using test = await connectedChat(kind, { dispatch: ({ reply }) => reply.whisper(hello) });
    const { workspace } = test;
    const delivery = await workspace
      .as('U0ALICE')
      .command('deploys', '/swarm', 'service scale “web”=3', { links: true });

    const request = await test.nextRequest();
    expect(request).toMatchObject({
      entry: 'command',
      team: workspace.team.id,
      user: 'U0ALICE',
      channel: 'C0DEPLOYS',
      command: 'service scale "web"=3',
    });
    expect(delivery?.acknowledgement).toMatchObject({ kind: 'acknowledged' });
    const [answer] = await workspace.waitFor(() => {
      const seen = workspace.ephemerals('U0ALICE', 'deploys');
      return seen.length > 0 && seen;
    });
    expect(answer?.text).toBe('hello');
    expect(workspace.messages('deploys')).toEqual([]);
  });

  it('answers a command in a channel that the bot is not in', async () => {
    await using test = await connectedChat(kind, { dispatch: ({ reply }) => reply.whisper(hello) });
    await test.workspace.as('U0ALICE').command('closed', '/swarm', 'ls');
    const { workspace } = test;
    const seen = await workspace.waitFor(() => workspace.ephemerals('U0ALICE', 'closed')[0]);
    expect(seen.text).toBe('hello');
  });

  it('takes a mention in a thread, and answers in that thread', async () => {
    await using test = await connectedChat(kind, {
      dispatch: async ({ reply }) => {
        await reply.whisper(hello);
        await reply.announce(hello);
      },
    });
    const { workspace } = test;
    const root = workspace.as('U0ALICE').say('deploys', 'something is wrong with web');
    workspace.as('U0ALICE').mention('deploys', 'service ps web --no-trunc', { thread: root.ts, smart: true });

    expect(await test.nextRequest()).toMatchObject({
      entry: 'mention',
      user: 'U0ALICE',
      channel: 'C0DEPLOYS',
      command: 'service ps web --no-trunc',
    });
    const announced = await workspace.waitFor(() =>
      workspace.messages('deploys').find(({ author }) => author === workspace.bot.user),
    );
    expect(announced.thread).toBe(root.ts);
    expect(workspace.ephemerals('U0ALICE', 'deploys')[0]?.thread).toBe(root.ts);
  });

  it('runs what is delivered again only once', async () => {
    await using test = await connectedChat(kind);
    const { workspace } = test;
    const delivery = await workspace.as('U0ALICE').command('deploys', '/swarm', 'service scale web=3');
    await test.nextRequest();
    if (delivery === null) throw new Error('nothing was delivered');
    const again = await workspace.faults.redeliver(delivery, { attempt: 1, reason: 'timeout' });
    expect(again.acknowledgement).toMatchObject({ kind: 'acknowledged' });

    workspace.as('U0ALICE').mention('deploys', 'ls');
    await test.nextRequest();
    const mention = await workspace.waitFor(() =>
      workspace.deliveries.find(({ type }) => type === 'events_api'),
    );
    await workspace.faults.redeliver(mention, { attempt: 1, reason: 'timeout' });
    await workspace.as('U0ALICE').command('deploys', '/swarm', 'last');
    await test.nextRequest();
    expect(test.requests.map(({ command }) => command)).toEqual(['service scale web=3', 'ls', 'last']);
  });

  it('presses a button as whoever presses it, and replaces the message that it was in', async () => {
    await using test = await connectedChat(kind, {
      dispatch: ({ reply, entry }) => reply.whisper(entry === 'command' ? list : hello),
    });
    const { workspace } = test;
    const alice = workspace.as('U0ALICE');
    await alice.command('deploys', '/swarm', 'ls');
    await test.nextRequest();
    const shown = await workspace.waitFor(() => workspace.ephemerals('U0ALICE', 'deploys')[0]);

    await alice.click(shown, 'Refresh');
    expect(await test.nextRequest()).toMatchObject({
      entry: 'button',
      user: 'U0ALICE',
      team: workspace.team.id,
      command: ['service', 'ls'],
    });
    const replaced = await workspace.waitFor(() =>
      workspace.ephemerals('U0ALICE', 'deploys').find(({ text }) => text === 'hello'),
    );
    expect(replaced).toMatchObject({ ts: shown.ts, edits: 1 });
    expect(workspace.ephemerals('U0ALICE', 'deploys')).toHaveLength(1);
  });

  it('asks before a change, and lets it begin once however often it is pressed', async () => {
    await using test = await connectedChat(kind, {
      dispatch: async ({ reply, entry }) => {
        if (entry === 'command') await (await reply.announce(list)).finish(list);
        else await reply.announce(hello).catch(({ message }: Error) => reply.whisper(said(message)));
      },
    });
    const { workspace } = test;
    await workspace.as('U0ALICE').command('deploys', '/swarm', 'restart web');
    await test.nextRequest();
    const shown = await workspace.waitFor(() => workspace.messages('deploys').find(({ edits }) => edits > 0));

    const declined = await workspace.as('U0BOB').click(shown, 'Scale to 4', { accept: false });
    expect(declined.confirm).toMatchObject({ title: 'Scale web', text: 'From 3 to 4', ok: 'Scale' });
    expect(test.requests).toHaveLength(1);

    await workspace.as('U0BOB').click(shown, 'Scale to 4');
    expect(await test.nextRequest()).toMatchObject({
      entry: 'button',
      user: 'U0BOB',
      command: ['service', 'scale', 'web=4'],
    });
    await workspace.as('U0ALICE').click(shown, 'Scale to 4');
    const told = await workspace.waitFor(() => workspace.ephemerals('U0ALICE', 'deploys')[0]);
    expect(told.text).toMatch(/pressed before/);
    expect(workspace.messages('deploys').map(({ text }) => text)).toEqual(['NAME\nweb', 'hello']);
  });

  it('asks before what changes nothing, and does it as often as it is pressed', async () => {
    const follow: Answer = [
      {
        kind: 'buttons',
        buttons: [
          {
            label: 'Follow',
            command: ['service', 'logs', '--follow', 'web'],
            confirm: { title: 'Follow web', text: 'Everybody sees it', ok: 'Follow' },
            repeatable: true,
          },
        ],
      },
    ];
    await using test = await connectedChat(kind, {
      dispatch: async ({ reply, entry }) => {
        if (entry === 'command') await reply.whisper(follow);
        else await reply.announce(hello);
      },
    });
    const { workspace } = test;
    const alice = workspace.as('U0ALICE');
    await alice.command('deploys', '/swarm', 'logs web');
    await test.nextRequest();
    const shown = await workspace.waitFor(() => workspace.ephemerals('U0ALICE', 'deploys')[0]);
    for (const times of [1, 2]) {
      expect((await alice.click(shown, 'Follow')).confirm).toMatchObject({ title: 'Follow web' });
      await workspace.waitFor(() => workspace.messages('deploys').length === times);
    }
  });

  it('asks for a value in a form, and runs the command with the value as part of one word', async () => {
    await using test = await connectedChat(kind, {
      dispatch: ({ reply, entry }) => reply.whisper(entry === 'command' ? list : hello),
    });
    const { workspace } = test;
    const alice = workspace.as('U0ALICE');
    await alice.command('closed', '/swarm', 'ls');
    await test.nextRequest();
    const shown = await workspace.waitFor(() => workspace.ephemerals('U0ALICE', 'closed')[0]);

    await alice.click(shown, 'Scale…');
    const view = await workspace.waitFor(() => alice.view());
    expect(await alice.submit(view, { Replicas: '  ' })).toMatchObject({ kind: 'errors' });
    expect(await alice.submit(view, { Replicas: ' 5 --force $& ' })).toEqual({ kind: 'closed' });
    expect(await test.nextRequest()).toMatchObject({
      entry: 'submission',
      user: 'U0ALICE',
      channel: 'C0CLOSED',
      command: ['service', 'scale', 'web=5 --force $&'],
    });
    const answered = await workspace.waitFor(() =>
      workspace.ephemerals('U0ALICE', 'closed').find(({ text }) => text === 'hello'),
    );
    expect(answered.ts).toBe(shown.ts);
  });

  it('asks for a number in a field that says itself what is none', async () => {
    const form = {
      title: 'Scale web',
      label: 'Replicas',
      initial: '3',
      submit: 'Scale',
      number: { min: 0, max: 10 },
    };
    const button = { label: 'Scale…', command: ['service', 'scale', 'web={}'], form };
    const answer: Answer = [{ kind: 'buttons', buttons: [button] }];
    await using test = await connectedChat(kind, { dispatch: ({ reply }) => reply.whisper(answer) });
    const { workspace } = test;
    const alice = workspace.as('U0ALICE');
    await alice.command('closed', '/swarm', 'ls');
    await test.nextRequest();
    await alice.click(await workspace.waitFor(() => workspace.ephemerals('U0ALICE', 'closed')[0]), 'Scale…');
    const view = await workspace.waitFor(() => alice.view());
    for (const value of ['lots', '-1', '1.5', '11']) {
      expect(await alice.submit(view, { Replicas: value })).toMatchObject({ kind: 'errors' });
    }
    expect(await alice.submit(view, { Replicas: '5' })).toEqual({ kind: 'closed' });
    expect(await test.nextRequest()).toMatchObject({ command: ['service', 'scale', 'web=5'] });
  });

  it('says who people are', async () => {
    await using test = await connectedChat(kind);
    const { chat, workspace } = test;
    const ours = workspace.team.id;
    const standing = async (user: string, team = ours) => (await chat.people.person(team, user)).standing;
    expect(await chat.people.person(ours, 'U0ALICE')).toEqual({
      team: ours,
      id: 'U0ALICE',
      standing: 'member',
      groups: ['S0SRE'],
    });
    expect(await standing('U0GUS')).toBe('guest');
    expect(await standing('U0ONE')).toBe('guest');
    expect(await standing('U0BOT')).toBe('bot');
    expect(await standing('U0GONE')).toBe('deleted');
    expect(await standing('U0OLGA', 'T0OTHER')).toBe('foreign');
    expect(await standing('U0OLGA')).toBe('foreign');
    expect(await standing('U0ALICE', 'T0OTHER')).toBe('foreign');
    expect(await standing('U0SAM', 'T0OTHER')).toBe('stranger');
    await expect(chat.people.person(ours, 'U0NOBODY')).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('hears that people and groups change', async () => {
    await using test = await connectedChat(kind);
    const { chat, workspace } = test;
    const alice = () => chat.people.person(workspace.team.id, 'U0ALICE');
    expect((await alice()).groups).toEqual(['S0SRE']);
    workspace.directory.changeGroup('S0LEADS', { members: ['U0ALICE', 'U0BOB'] });
    await expect.poll(async () => (await alice()).groups).toEqual(['S0SRE', 'S0LEADS']);
    workspace.directory.changeUser('U0ALICE', { isRestricted: true });
    await expect.poll(async () => (await alice()).standing).toBe('guest');
  });
});
