import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/dispatch/request.ts';
import { connectedChat, eventually, transports } from './connected-chat.ts';

const buttons: Answer = [
  {
    kind: 'buttons',
    buttons: [
      { label: 'Refresh', command: ['ls'] },
      {
        label: 'Scale…',
        command: ['scale', 'web='],
        form: { title: 'Scale web', label: 'Replicas', initial: '3', submit: 'Scale' },
      },
    ],
  },
];

describe.each(transports)('what is taken over %s', (kind) => {
  it('is kept before it is acknowledged, until it is served', async () => {
    await using test = await connectedChat(kind);
    const { workspace, store } = test;
    await workspace.as('U0ALICE').command('deploys', '/swarm', 'scale web=3');
    const root = workspace.as('U0BOB').say('deploys', 'what is going on?');
    workspace.as('U0BOB').mention('deploys', 'ls', { thread: root.ts });
    const requests = [await test.nextRequest(), await test.nextRequest()];
    expect(await store.deliveries.taken()).toMatchObject([
      { requestId: requests[0]?.id, user: 'U0ALICE', entry: 'command', command: 'scale web=3', thread: null },
      { requestId: requests[1]?.id, user: 'U0BOB', entry: 'mention', command: 'ls', thread: root.ts },
    ]);
  });

  it('is forgotten when a click came to nothing that is written down', async () => {
    await using test = await connectedChat(kind, {
      dispatch: ({ reply, entry }) => (entry === 'command' ? reply.whisper(buttons) : Promise.resolve()),
    });
    const { workspace, store } = test;
    await workspace.as('U0ALICE').command('deploys', '/swarm', 'ls');
    const { id } = await test.nextRequest();
    await store.deliveries.forget(id);
    const shown = await workspace.waitFor(() => workspace.ephemerals('U0ALICE', 'deploys')[0]);
    await workspace.as('U0ALICE').click(shown, 'Scale…');
    await workspace.waitFor(() => workspace.view('U0ALICE'));
    test.later(1_000 * 60 * 60 * 24 * 365);
    await workspace.as('U0ALICE').click(shown, 'Refresh');
    await workspace.waitFor(() => workspace.ephemerals('U0ALICE', 'deploys').length > 1);
    await expect.poll(() => store.deliveries.taken()).toEqual([]);
    test.later(0);
    await workspace.as('U0ALICE').command('deploys', '/swarm', 'ls');
    const last = await test.nextRequest();
    expect((await store.deliveries.taken()).map(({ requestId }) => requestId)).toEqual([last.id]);
  });

  it('is told after a start to whoever asked, in their thread', async () => {
    await using test = await connectedChat(kind);
    const { workspace, chat } = test;
    const root = workspace.as('U0BOB').say('deploys', 'what is going on?');
    const at = { user: 'U0BOB', channel: 'C0DEPLOYS', thread: root.ts };
    await chat.whisper(at, [{ kind: 'text', text: ['ask again'] }]);
    const told = await eventually(() => workspace.ephemerals('U0BOB', 'deploys')[0]);
    expect(told).toMatchObject({ text: 'ask again', thread: root.ts });
  });
});
