import { expect, it } from 'vitest';
import { connected, transports } from './bolt-app.ts';

it.each(transports)('tells the app of users and groups that change, over %s', async (transport) => {
  const heard: unknown[] = [];
  await using slack = await connected(transport, (app) => {
    app.event('user_change', async ({ event }) => void heard.push([event.user.id, event.user.deleted]));
    app.event('subteam_members_changed', async ({ event }) => {
      heard.push([event.subteam_id, event.added_users, event.removed_users]);
    });
    app.event(
      'subteam_updated',
      async ({ event }) => void heard.push([event.subteam.id, event.subteam.name]),
    );
  });
  const { workspace } = slack;

  workspace.directory.changeUser('U0BOB', { isDeleted: true });
  await workspace.waitFor(() => workspace.deliveries.length === 1);
  workspace.directory.changeGroup('S0SRE', { members: ['U0BOB'], name: 'Reliability' });
  await workspace.waitFor(() => workspace.deliveries.length === 3);

  expect(heard).toHaveLength(3);
  expect(heard).toEqual(
    expect.arrayContaining([
      ['U0BOB', true],
      ['S0SRE', ['U0BOB'], ['U0ALICE']],
      ['S0SRE', 'Reliability'],
    ]),
  );
});

it('tells somebody who types a command in a thread, or one that there isn’t, as Slack does', async () => {
  await using slack = await connected('socket', () => undefined);
  const { workspace } = slack;
  const alice = workspace.as('U0ALICE');
  const { ts } = alice.say('C0DEPLOYS', 'hello');

  expect(await alice.command('C0DEPLOYS', '/swarm', 'ls', { thread: ts })).toBeNull();
  expect(await alice.command('C0DEPLOYS', '/docker', 'ls')).toBeNull();
  expect(workspace.ephemerals('U0ALICE', 'C0DEPLOYS').map(({ text }) => text)).toEqual([
    '/swarm is not supported in threads. Sorry!',
    '/docker is not a valid command.',
  ]);
});

it('says what there was when what is waited for doesn’t come', async () => {
  await using slack = await connected('socket', () => undefined);
  const { workspace } = slack;
  workspace.as('U0ALICE').say('C0DEPLOYS', 'hello');
  await expect(workspace.waitFor(() => false, 50)).rejects.toThrow(/#deploys U0ALICE, edited 0 times: hello/);
});
