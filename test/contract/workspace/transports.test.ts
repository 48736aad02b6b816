import { describe, expect, it } from 'vitest';
import { connected, transports } from './bolt-app.ts';

describe.each(transports)('an unmodified Bolt app over %s', (transport) => {
  it('takes a slash command as Slack sends it, and answers the asker alone', async () => {
    const heard: unknown[] = [];
    await using slack = await connected(transport, (app) => {
      app.command('/swarm', async ({ ack, command, respond }) => {
        heard.push(command.text, command.user_id, command.channel_id, command.team_id);
        await ack();
        await respond({ text: 'two services', response_type: 'ephemeral' });
      });
    });
    const { workspace } = slack;

    const delivery = await workspace.as('U0ALICE').command('#deploys', '/swarm', 'ls --filter "a<b&c"');
    const answer = await workspace.waitFor(() => workspace.ephemerals('U0ALICE', 'C0DEPLOYS')[0]);

    expect(heard).toEqual(['ls --filter "a&lt;b&amp;c"', 'U0ALICE', 'C0DEPLOYS', workspace.team.id]);
    expect(delivery?.acknowledgement.kind).toBe('acknowledged');
    expect(answer).toMatchObject({ text: 'two services', author: workspace.bot.user });
    expect(workspace.ephemerals('U0BOB', 'C0DEPLOYS')).toEqual([]);
    expect(workspace.messages('C0DEPLOYS')).toEqual([]);
  });

  it('posts a message and edits it in place', async () => {
    await using slack = await connected(transport, (app) => {
      app.command('/swarm', async ({ ack, command, client }) => {
        await ack();
        const posted = await client.chat.postMessage({ channel: command.channel_id, text: 'scaling' });
        await client.chat.update({ channel: command.channel_id, ts: posted.ts ?? '', text: 'scaled' });
      });
    });
    const { workspace } = slack;

    await workspace.as('U0ALICE').command('C0DEPLOYS', '/swarm', 'scale web=3');
    const edited = await workspace.waitFor(() =>
      workspace.messages('C0DEPLOYS').find(({ edits }) => edits > 0),
    );

    expect(edited.text).toBe('scaled');
    expect(workspace.messages('C0DEPLOYS')).toHaveLength(1);
  });

  it('hears a mention in a thread and answers there', async () => {
    await using slack = await connected(transport, (app) => {
      app.event('app_mention', async ({ event, say }) => {
        await say({ text: `heard: ${event.text}`, thread_ts: event.thread_ts ?? event.ts });
      });
    });
    const { workspace } = slack;
    const alice = workspace.as('U0ALICE');

    const question = alice.say('C0DEPLOYS', 'web looks slow');
    alice.mention('C0DEPLOYS', 'ls', { thread: question.ts });
    const answer = await workspace.waitFor(() =>
      workspace.messages('C0DEPLOYS').find(({ author }) => author === workspace.bot.user),
    );

    expect(answer).toMatchObject({ text: `heard: <@${workspace.bot.user}> ls`, thread: question.ts });
  });

  it('hears a button, after its confirm dialog, and replaces the message', async () => {
    await using slack = await connected(transport, (app) => {
      app.action('scale', async ({ ack, respond, body }) => {
        await ack();
        await respond({ text: `scaled by ${body.user.id}`, replace_original: true });
      });
    });
    const { workspace, app } = slack;
    await app.client.chat.postMessage({ channel: 'C0DEPLOYS', text: 'web', blocks: [scaleButton] });
    const message = workspace.messages('C0DEPLOYS')[0];
    if (message === undefined) throw new Error('nothing was posted');

    const declined = await workspace.as('U0BOB').click(message, 'Scale', { accept: false });
    expect(declined).toMatchObject({ confirm: { title: 'Sure?', ok: 'Scale web' }, delivery: null });

    await workspace.as('U0BOB').click(message, 'Scale');
    const replaced = await workspace.waitFor(() =>
      workspace.messages('C0DEPLOYS').find(({ edits }) => edits > 0),
    );
    expect(replaced).toMatchObject({ text: 'scaled by U0BOB', blocks: [], ts: message.ts });
  });
});

const plain = (text: string) => ({ type: 'plain_text' as const, text });

const scaleButton = {
  type: 'actions' as const,
  elements: [
    {
      type: 'button' as const,
      action_id: 'scale',
      text: plain('Scale'),
      value: 'opaque',
      confirm: {
        title: plain('Sure?'),
        text: plain('From 2 to 3'),
        confirm: plain('Scale web'),
        deny: plain('No'),
      },
    },
  ],
};
