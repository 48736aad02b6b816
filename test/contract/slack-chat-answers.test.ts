import { describe, expect, it } from 'vitest';
import type { Announcement, Answer, Request } from '../../src/dispatch/request.ts';
import type { Message, Workspace } from '../../src/sandbox/slack/workspace.ts';
import { numbers, oddAnswer } from '../unit/slack/odd-answers.ts';
import { connectedChat, type ConnectedChat, eventually } from './connected-chat.ts';

type Faults = Workspace['faults'];

const text = (text: string): Answer => [{ kind: 'text', text: [text] }];

const services = (count: number): Answer => [
  { kind: 'heading', text: 'Services in prod' },
  {
    kind: 'table',
    columns: ['NAME', 'IMAGE'],
    rows: Array.from({ length: count }, (_, index) => [`web-${String(index)}`, 'shop/web']),
    empty: 'none',
  },
  { kind: 'buttons', buttons: [{ label: 'Refresh', command: ['ls'] }] },
];
/** Four pages. */
const long = services(300);

/** A chat that has just been asked something in #deploys by alice. */
async function asked(command: string, settings?: Parameters<typeof connectedChat>[1]) {
  const test = await connectedChat('socket', settings);
  await test.workspace.as('U0ALICE').command('deploys', '/swarm', command);
  const request = await test.nextRequest();
  return { test, request, [Symbol.asyncDispose]: () => test[Symbol.asyncDispose]() };
}

function inChannel({ workspace }: ConnectedChat): readonly Message[] {
  return workspace.messages('deploys').filter(({ author }) => author === workspace.bot.user);
}

function content(message: Message | undefined): string {
  return JSON.stringify(message?.blocks ?? []);
}

async function announced({ reply }: Request): Promise<Announcement> {
  return reply.announce(text('scaling'));
}

describe('an announcement', () => {
  it('shows the newest progress at most once in two seconds, and the end at once', async () => {
    await using setup = await asked('scale web=3');
    const { test, request } = setup;
    const announcement = await announced(request);
    for (const done of [0, 1, 2]) {
      announcement.update([{ kind: 'progress', done, total: 3, label: 'tasks running' }]);
    }
    expect(inChannel(test)[0]?.edits).toBe(0);
    await eventually(() => inChannel(test)[0]?.text === '2 of 3 tasks running');
    expect(inChannel(test)[0]?.edits).toBe(1);
    announcement.update(text('never shown'));
    await announcement.finish(text('done'));
    expect(inChannel(test)[0]).toMatchObject({ text: 'done', edits: 2 });
    announcement.update(text('too late'));
    expect(inChannel(test)).toHaveLength(1);
  });

  it('puts what is too long for one message into its thread', async () => {
    await using setup = await asked('scale web=3');
    const announcement = await announced(setup.request);
    await announcement.finish(long);
    const [root, ...rest] = inChannel(setup.test);
    expect(content(root)).toContain('It goes on in the thread.');
    expect(rest.length).toBeGreaterThan(2);
    expect(rest.every(({ thread }) => thread === root?.ts)).toBe(true);
    const all = [root, ...rest].map(content).join('');
    expect([0, 99, 100, 299].filter((row) => !all.includes(`"web-${String(row)}"`))).toEqual([]);
  });

  it('is refused with what to do where the bot is not, so that nothing is changed', async () => {
    await using setup = await asked('ls');
    await setup.test.workspace.as('U0ALICE').command('closed', '/swarm', 'scale web=3');
    const request = await setup.test.nextRequest();
    await expect(request.reply.announce(text('scaling'))).rejects.toMatchObject({
      kind: 'unavailable',
      message: 'Shipmate is not in this channel. Invite me first: /invite @Shipmate',
    });
  });

  it.each<[string, (faults: Faults, method: string) => void]>([
    ['a rate limit', (faults, method) => faults.rateLimit(method, { retryAfter: 1, times: 1 })],
    ['an error of Slack', (faults, method) => faults.fail(method, { status: 500, times: 2 })],
    ['trouble of Slack', (faults, method) => faults.refuse(method, { error: 'fatal_error', times: 1 })],
  ])('gets through %s', async (_, strike) => {
    await using setup = await asked('scale web=3');
    const { faults } = setup.test.workspace;
    strike(faults, 'chat.postMessage');
    const announcement = await announced(setup.request);
    strike(faults, 'chat.update');
    await announcement.finish(text('done'));
    expect(inChannel(setup.test).map(({ text }) => text)).toEqual(['done']);
  });

  it('ends well when the answer to its last edit is lost', async () => {
    await using setup = await asked('scale web=3');
    const announcement = await announced(setup.request);
    setup.test.workspace.faults.lose('chat.update', { times: 1 });
    await announcement.finish(text('done'));
    expect(inChannel(setup.test).map(({ text }) => text)).toEqual(['done']);
  });

  it.each(['message_not_found', 'edit_window_closed', 'cant_update_message'])(
    'is posted again when Slack says %s',
    async (error) => {
      await using setup = await asked('scale web=3');
      const announcement = await announced(setup.request);
      setup.test.workspace.faults.refuse('chat.update', { error, times: 1 });
      await announcement.finish(long);
      const [, again, ...rest] = inChannel(setup.test);
      expect(content(again)).toContain('It goes on in the thread.');
      expect(again?.thread).toBeNull();
      expect(rest.length).toBeGreaterThan(2);
      expect(rest.every(({ thread }) => thread === again?.ts)).toBe(true);
    },
  );

  it('does not wait behind somebody else who is rate limited', async () => {
    await using setup = await asked('scale web=3');
    const { faults } = setup.test.workspace;
    faults.rateLimit('chat.postMessage', { retryAfter: 4, times: 1 });
    const slow = setup.test.chat.tell('C0DEPLOYS', text('an incident'));
    await eventually(() => setup.test.workspace.calls.some(({ status }) => status === 429));
    const began = Date.now();
    await announced(setup.request);
    await setup.request.reply.whisper(text('hello'));
    expect(Date.now() - began).toBeLessThan(2_000);
    await slow;
  });
});

describe('a whisper', () => {
  it('turns pages by running the command anew, for reading alone', async () => {
    await using setup = await asked('service ls --filter "name=web"', {
      dispatch: ({ reply }) => reply.whisper(long),
    });
    const { workspace } = setup.test;
    const alice = workspace.as('U0ALICE');
    const first = await workspace.waitFor(() => workspace.ephemerals('U0ALICE', 'deploys')[0]);
    expect(content(first)).toContain('Page 1 of 4');
    expect(content(first)).toContain('Services in prod');
    expect(content(first)).toContain('"web-0"');
    expect(content(first)).toContain('Refresh');

    await alice.click(first, 'Next');
    const request = await setup.test.nextRequest();
    expect(request).toMatchObject({
      entry: 'button',
      command: 'service ls --filter "name=web"',
      onlyReads: true,
    });
    const second = await workspace.waitFor(() =>
      workspace.ephemerals('U0ALICE', 'deploys').find((message) => content(message).includes('Page 2 of 4')),
    );
    expect(content(second)).toContain('"web-120"');
    await alice.click(second, 'Previous');
    await workspace.waitFor(() =>
      workspace.ephemerals('U0ALICE', 'deploys').find((message) => content(message).includes('Page 1 of 4')),
    );
    expect(workspace.ephemerals('U0ALICE', 'deploys')).toHaveLength(1);
  });

  it('shows the last page there is when the answer became shorter', async () => {
    let answer = long;
    await using setup = await asked('ls', { dispatch: ({ reply }) => reply.whisper(answer) });
    const { workspace } = setup.test;
    const page = (name: string) =>
      workspace.waitFor(() =>
        workspace.ephemerals('U0ALICE', 'deploys').find((message) => content(message).includes(name)),
      );
    for (const name of ['Page 1 of 4', 'Page 2 of 4']) {
      await workspace.as('U0ALICE').click(await page(name), 'Next');
    }
    const third = await page('Page 3 of 4');
    answer = services(150);
    await workspace.as('U0ALICE').click(third, 'Next');
    expect(content(await page('Page 2 of 2'))).toContain('"web-149"');
  });

  it('never takes the place of what everybody sees', async () => {
    await using setup = await asked('ls');
    const { workspace } = setup.test;
    await setup.request.reply.announce([
      { kind: 'buttons', buttons: [{ label: 'Refresh', command: ['ls'] }] },
    ]);
    const [shared] = inChannel(setup.test);
    if (shared === undefined) throw new Error('nothing was announced');
    await workspace.as('U0BOB').click(shared, 'Refresh');
    const { reply } = await setup.test.nextRequest();
    await reply.whisper(text('for bob'));
    workspace.faults.refuse('chat.postEphemeral', { error: 'channel_not_found' });
    await reply.whisper(text('for bob again'));
    expect(workspace.ephemerals('U0BOB', 'deploys').map(({ text }) => text)).toEqual([
      'for bob',
      'for bob again',
    ]);
    expect(inChannel(setup.test)).toEqual([shared]);
  });

  it('goes another way when the response_url is used up or too old', async () => {
    await using setup = await asked('ls');
    const { test, request } = setup;
    for (const round of [1, 2, 3, 4, 5, 6]) await request.reply.whisper(text(`answer ${String(round)}`));
    expect(test.workspace.ephemerals('U0ALICE', 'deploys').at(-1)?.text).toBe('answer 6');
    expect(test.workspace.calls.filter(({ status }) => status === 404)).toEqual([]);

    await test.workspace.as('U0ALICE').command('deploys', '/swarm', 'info');
    const late = await test.nextRequest();
    test.later(31 * 60_000);
    await late.reply.whisper(text('late'));
    expect(test.workspace.ephemerals('U0ALICE', 'deploys').at(-1)?.text).toBe('late');
    expect(test.workspace.calls.at(-1)?.method).toBe('chat.postEphemeral');
  });

  it.each<[string, (faults: Faults) => void]>([
    ['fails', (faults) => faults.fail('response_url', { status: 500, times: 1 })],
    ['is rate limited', (faults) => faults.rateLimit('response_url', { retryAfter: 1, times: 1 })],
    ['refuses', (faults) => faults.refuse('response_url', { error: 'invalid_blocks', times: 1 })],
  ])('gets there when the response_url %s', async (_, strike) => {
    await using setup = await asked('ls');
    strike(setup.test.workspace.faults);
    await setup.request.reply.whisper(text('at last'));
    expect(setup.test.workspace.ephemerals('U0ALICE', 'deploys').map(({ text }) => text)).toEqual([
      'at last',
    ]);
  });

  it('rejects when Slack can not be told at all', async () => {
    await using setup = await asked('ls');
    setup.test.workspace.faults.fail('response_url', { status: 404 });
    setup.test.workspace.faults.refuse('chat.postEphemeral', { error: 'user_not_in_channel' });
    await expect(setup.request.reply.whisper(text('hello'))).rejects.toMatchObject({
      kind: 'unavailable',
      message: 'Slack refused chat.postEphemeral: user_not_in_channel.',
    });
  });

  it('is told without buttons when these can not be stored', async () => {
    await using setup = await asked('ls', {
      chat: {
        actions: {
          put: () => Promise.reject(new Error('the disk is full')),
          bind: () => Promise.reject(new Error('the disk is full')),
          get: () => Promise.reject(new Error('the disk is full')),
        },
      },
    });
    await setup.request.reply.whisper(long);
    const [told] = setup.test.workspace.ephemerals('U0ALICE', 'deploys');
    expect(content(told)).toContain('"web-0"');
    expect(content(told)).toContain('could not be stored. This is page 1 of 4.');
    expect(content(told)).not.toContain('Refresh');
  });

  it('is taken by Slack, whatever is in it', { timeout: 60_000 }, async () => {
    await using setup = await asked('ls');
    const random = numbers(11);
    for (let round = 0; round < 15; round += 1) {
      const answer = oddAnswer(random);
      await setup.test.workspace.as('U0ALICE').command('deploys', '/swarm', 'ls');
      const { reply } = await setup.test.nextRequest();
      await reply.whisper(answer);
      await (await reply.announce(answer)).finish(answer);
    }
    const refused = setup.test.workspace.calls.filter(({ answer }) => answer['ok'] === false);
    expect(refused).toEqual([]);
  });
});

describe('something that nobody asked for', () => {
  it('is told in the channel, and the rest of it in the thread', async () => {
    await using test = await connectedChat('socket');
    await test.chat.tell('C0DEPLOYS', long);
    const [root, ...rest] = inChannel(test);
    expect(content(root)).toContain('Services in prod');
    expect(rest.length).toBeGreaterThan(2);
    await expect(test.chat.tell('C0NOWHERE', text('hello'))).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
