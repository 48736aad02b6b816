import type { View } from '@slack/types';
import { describe, expect, it } from 'vitest';
import type { Workspace } from '../../../src/sandbox/slack/workspace.ts';
import { connected, transports } from './bolt-app.ts';

const deploys = 'C0DEPLOYS';
const plain = (text: string) => ({ type: 'plain_text' as const, text });

const form: View = {
  type: 'modal',
  callback_id: 'scale',
  private_metadata: 'opaque',
  title: plain('Scale web'),
  submit: plain('Scale'),
  blocks: [
    {
      type: 'input',
      block_id: 'replicas',
      label: plain('Replicas'),
      element: { type: 'plain_text_input', action_id: 'value', initial_value: '2', max_length: 4 },
    },
  ],
};
const menu = {
  type: 'actions' as const,
  elements: [
    {
      type: 'static_select' as const,
      action_id: 'service',
      placeholder: plain('Service'),
      options: ['web', 'api'].map((name) => ({ text: plain(name), value: name })),
    },
  ],
};

describe.each(transports)('interactions over %s', (transport) => {
  it('open a form, which tells what is wrong, and closes when nothing is', async () => {
    const submitted: unknown[] = [];
    await using slack = await connected(transport, (app) => {
      app.command('/swarm', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: form });
      });
      app.view('scale', async ({ ack, view, body }) => {
        const value = view.state.values['replicas']?.['value']?.value;
        if (value === 'many')
          return ack({ response_action: 'errors', errors: { replicas: 'Not a number.' } });
        submitted.push(value, view.private_metadata, body.user.id, body.team?.id);
        return ack();
      });
    });
    const { workspace } = slack;
    const alice = workspace.as('U0ALICE');

    await alice.command(deploys, '/swarm', 'scale web');
    const view = await workspace.waitFor(() => alice.view());

    expect(await alice.submit(view, { Replicas: '' })).toEqual({
      kind: 'errors',
      errors: { replicas: 'Please complete this required field.' },
    });
    expect(await alice.submit(view, { value: '12345' })).toMatchObject({ kind: 'errors' });
    expect(await alice.submit(view, { value: 'many' })).toEqual({
      kind: 'errors',
      errors: { replicas: 'Not a number.' },
    });
    expect(alice.view()).toBeDefined();
    expect(await alice.submit(view, {})).toEqual({ kind: 'closed' });
    expect(submitted).toEqual(['2', 'opaque', 'U0ALICE', workspace.team.id]);
    expect(alice.view()).toBeUndefined();
  });

  it('update a form or push another on top', async () => {
    await using slack = await connected(transport, (app) => {
      app.command('/swarm', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: form });
      });
      app.view('scale', async ({ ack, view }) => {
        const title = view.title.text;
        if (title === 'Pushed') return ack({ response_action: 'clear' });
        const response_action = title === 'Scale web' ? 'update' : 'push';
        return ack({
          response_action,
          view: { ...form, title: plain(response_action === 'update' ? 'Updated' : 'Pushed') },
        });
      });
    });
    const { workspace } = slack;
    const alice = workspace.as('U0ALICE');
    await alice.command(deploys, '/swarm', 'scale web');
    const first = await workspace.waitFor(() => alice.view());

    const updated = await alice.submit(first, {});
    if (updated.kind !== 'updated') throw new Error(updated.kind);
    const pushed = await alice.submit(updated.view, {});
    if (pushed.kind !== 'pushed') throw new Error(pushed.kind);

    expect(updated.view).toMatchObject({ id: first.id, content: { title: { text: 'Updated' } } });
    expect(pushed.view).toMatchObject({ previousId: first.id, rootId: first.id });
    expect(await alice.submit(pushed.view, {})).toEqual({ kind: 'closed' });
    expect(alice.view()).toBeUndefined();
  });

  it('carry who pressed what, where, and that the message is one that nobody else sees', async () => {
    const bodies: unknown[] = [];
    await using slack = await connected(transport, (app) => {
      app.action('service', async ({ ack, body, respond }) => {
        bodies.push(body);
        await ack();
        await respond({ delete_original: true });
      });
    });
    const { workspace, app } = slack;
    workspace.directory.addUser({ id: 'U0OLGA', name: 'olga', team: 'T0ELSEWHERE' });
    workspace.directory.changeChannel(deploys, { members: [workspace.bot.user, 'U0OLGA'] });
    await app.client.chat.postEphemeral({ channel: deploys, user: 'U0OLGA', text: 'choose', blocks: [menu] });
    const [message] = workspace.ephemerals('U0OLGA', deploys);
    if (message === undefined) throw new Error('nothing was posted');

    await workspace.as('U0OLGA').select(message, 'service', 'api');
    await workspace.waitFor(() => workspace.ephemerals('U0OLGA', deploys).length === 0);

    expect(bodies).toMatchObject([
      {
        type: 'block_actions',
        team: { id: workspace.team.id },
        user: { id: 'U0OLGA', username: 'olga', name: 'olga', team_id: 'T0ELSEWHERE' },
        container: { type: 'message', message_ts: message.ts, channel_id: deploys, is_ephemeral: true },
        channel: { id: deploys },
        actions: [{ type: 'static_select', action_id: 'service', selected_option: { value: 'api' } }],
      },
    ]);
  });

  it('ask the app for the options of a menu', async () => {
    await using slack = await connected(transport, (app) => {
      app.options('service', async ({ ack, options }) => {
        await ack({ options: [{ text: plain(`${options.value}-1`), value: 'one' }] });
      });
    });
    const { workspace, app } = slack;
    const element = { type: 'external_select' as const, action_id: 'service', placeholder: plain('Service') };
    const blocks = [{ type: 'actions' as const, elements: [element] }];
    await app.client.chat.postMessage({ channel: deploys, text: 'choose', blocks });
    const [message] = workspace.messages(deploys);
    if (message === undefined) throw new Error('nothing was posted');

    expect(await workspace.as('U0BOB').suggest(message, 'service', 'web')).toEqual(['web-1']);
  });

  it('tell the app that a form was closed when it wants to know', async () => {
    const closed: unknown[] = [];
    await using slack = await connected(transport, (app) => {
      app.command('/swarm', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: { ...form, notify_on_close: true } });
      });
      app.view({ callback_id: 'scale', type: 'view_closed' }, async ({ ack, body }) => {
        closed.push(body.user.id);
        await ack();
      });
    });
    const { workspace } = slack;
    const alice = workspace.as('U0ALICE');
    await alice.command(deploys, '/swarm', 'scale web');
    await alice.close(await workspace.waitFor(() => alice.view()));
    expect(closed).toEqual(['U0ALICE']);
  });

  it('give a trigger id that is good once, and for three seconds', async () => {
    let now = Date.now();
    const triggers: string[] = [];
    await using slack = await connected(
      transport,
      (app) => {
        app.command('/swarm', async ({ ack, body }) => {
          triggers.push(body.trigger_id);
          await ack();
        });
      },
      { now: () => now },
    );
    const { workspace, app } = slack;
    const open = async (trigger_id = '') => {
      await app.client.views.open({ trigger_id, view: form }).catch(() => undefined);
      return workspace.calls.at(-1)?.answer;
    };
    await workspace.as('U0ALICE').command(deploys, '/swarm', 'one');
    await workspace.as('U0ALICE').command(deploys, '/swarm', 'two');

    expect(await open(triggers[0])).toMatchObject({ ok: true });
    expect(await open(triggers[0])).toMatchObject({ error: 'exchanged_trigger_id' });
    now += 3001;
    expect(await open(triggers[1])).toMatchObject({ error: 'expired_trigger_id' });
  });
});

describe('a response_url', () => {
  it('is good for five uses', async () => {
    await using slack = await connected('socket', listenAndKeep);
    const { workspace } = slack;
    await workspace.as('U0ALICE').command(deploys, '/swarm', 'ls');
    const uses = await Promise.all([1, 2, 3, 4, 5].map(() => answerTo(workspace, { text: 'x' })));

    expect(uses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await answerTo(workspace, { text: 'x' })).toEqual({
      status: 404,
      body: { ok: false, error: 'used_url' },
    });
    expect(workspace.ephemerals('U0ALICE', deploys)).toHaveLength(5);
  });

  it('is good for thirty minutes', async () => {
    let now = Date.now();
    await using slack = await connected('socket', listenAndKeep, { now: () => now });
    const { workspace } = slack;
    await workspace.as('U0ALICE').command(deploys, '/swarm', 'ls');
    now += 30 * 60_000 + 1;
    expect(await answerTo(workspace, { text: 'x' })).toMatchObject({
      status: 404,
      body: { error: 'expired_url' },
    });
  });

  it('of a command has nothing to replace: it posts another message', async () => {
    await using slack = await connected('socket', listenAndKeep);
    const { workspace } = slack;
    await workspace.as('U0ALICE').command(deploys, '/swarm', 'ls');
    await answerTo(workspace, { text: 'one' });
    await answerTo(workspace, { text: 'two', replace_original: true });
    expect(workspace.ephemerals('U0ALICE', deploys).map(({ text }) => text)).toEqual(['one', 'two']);
  });

  it('refuses what chat.postMessage refuses', async () => {
    await using slack = await connected('socket', listenAndKeep);
    const { workspace } = slack;
    await workspace.as('U0ALICE').command(deploys, '/swarm', 'ls');
    expect(await answerTo(workspace, { blocks: [{ type: 'rule' }] })).toMatchObject({
      status: 400,
      body: { error: 'invalid_blocks' },
    });
  });

  it('shows everybody what is meant for the channel', async () => {
    await using slack = await connected('socket', listenAndKeep);
    const { workspace } = slack;
    await workspace.as('U0ALICE').command(deploys, '/swarm', 'ls');
    await answerTo(workspace, { text: 'all see this', response_type: 'in_channel' });
    expect(workspace.messages(deploys).map(({ text }) => text)).toEqual(['all see this']);
  });
});

function listenAndKeep(app: Parameters<Parameters<typeof connected>[1]>[0]): void {
  app.command('/swarm', async ({ ack }) => ack());
}

async function answerTo({ deliveries }: Workspace, body: object) {
  const url = deliveries.find(({ type }) => type === 'slash_commands')?.payload['response_url'];
  if (typeof url !== 'string') throw new Error('no command was delivered');
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}
