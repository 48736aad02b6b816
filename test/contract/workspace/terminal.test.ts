import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { App } from '@slack/bolt';
import { expect, it } from 'vitest';
import { openConsole } from '../../../src/sandbox/terminal/console.ts';
import { populate } from '../../../src/sandbox/terminal/sample-workspace.ts';
import { openSession } from '../../../src/sandbox/terminal/session.ts';
import { takeLines } from '../../../src/sandbox/terminal/take-lines.ts';
import { connected } from './bolt-app.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });

function listen(app: App): void {
  app.command('/swarm', async ({ ack, command, client, respond }) => {
    await ack();
    if (command.text === 'form') await client.views.open({ trigger_id: command.trigger_id, view: form });
    else if (command.text === 'change') {
      const { ts = '' } = await client.chat.postMessage({ channel: command.channel_id, text: 'scaling ░' });
      await client.chat.update({ channel: command.channel_id, ts, text: 'scaled', blocks: [button] });
    } else await respond(`you asked for: ${command.text}`);
  });
  app.event('app_mention', async ({ event, client }) => {
    await client.chat.postMessage({
      channel: event.channel,
      thread_ts: event.ts,
      text: `<@${event.user ?? ''}> hello`,
    });
  });
  app.action('again', async ({ ack, respond, body }) => {
    await ack();
    await respond({ text: `pressed by <@${body.user.id}>`, response_type: 'ephemeral' });
  });
  app.view('scale', async ({ ack, view, client, body }) => {
    await ack();
    const value = view.state.values['replicas']?.['value']?.value ?? '';
    await client.chat.postEphemeral({ channel: 'C0DEPLOYS', user: body.user.id, text: `asked for ${value}` });
  });
}

const button = {
  type: 'actions' as const,
  elements: [
    {
      type: 'button' as const,
      action_id: 'again',
      text: plain('Again'),
      confirm: {
        title: plain('Once more?'),
        text: plain('From 2 to 3'),
        confirm: plain('Do it'),
        deny: plain('No'),
      },
    },
  ],
};
const form = {
  type: 'modal' as const,
  callback_id: 'scale',
  title: plain('Scale web'),
  submit: plain('Scale'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'replicas',
      label: plain('Replicas'),
      element: { type: 'plain_text_input' as const, action_id: 'value', initial_value: '2', max_length: 3 },
    },
  ],
};

const patience = { answer: 3000, quiet: 50, underWay: 3000 };

async function transcript(...lines: readonly string[]): Promise<string> {
  await using slack = await connected('socket', listen, {}, populate);
  const input = new PassThrough();
  const output = new PassThrough();
  using console = openConsole({ input, output, interactive: false, interrupted: () => undefined });
  using session = openSession(slack.workspace, console);
  input.end(lines.map((line) => `${line}\n`).join(''));
  await takeLines({
    workspace: slack.workspace,
    console,
    session,
    patience,
    signal: new AbortController().signal,
  });
  output.end();
  return text(output);
}

it('runs commands from a pipe one after the other, each to its end', async () => {
  expect(await transcript('/swarm ls', 'ps web', 'change', ':user bob', ':channel staging', 'ls')).toBe(
    [
      'alice #deploys> /swarm ls',
      'shipmate (only visible to you)',
      '  you asked for: ls',
      'alice #deploys> ps web',
      'shipmate (only visible to you)',
      '  you asked for: ps web',
      'alice #deploys> change',
      'shipmate',
      '  scaling ░',
      'shipmate (edited)',
      '  [1] Again',
      'alice #deploys> :user bob',
      'bob #deploys> :channel staging',
      'bob #staging> ls',
      'shipmate (only visible to you)',
      '  you asked for: ls',
      '',
    ].join('\n'),
  );
});

it('presses buttons once their confirm dialog is accepted', async () => {
  expect(await transcript('change', ':press 1', 'n', ':press 1', 'y', ':press 9')).toContain(
    [
      'alice #deploys> :press 1',
      'Once more?',
      '  From 2 to 3',
      'Do it? (y/n) n',
      'Nothing was done.',
      'alice #deploys> :press 1',
      'Once more?',
      '  From 2 to 3',
      'Do it? (y/n) y',
      'shipmate (only visible to you)',
      '  pressed by @alice',
      'alice #deploys> :press 9',
      'There is no button 9.',
    ].join('\n'),
  );
});

it('asks for what a form wants to know, again when it is wrong', async () => {
  expect(await transcript('form', '1234', '3')).toContain(
    [
      'Scale web (an empty line keeps what is there; . gives up)',
      '  Replicas [2]: 1234',
      'Please enter no more than 3 characters.',
      'Scale web (an empty line keeps what is there; . gives up)',
      '  Replicas [2]: 3',
      'shipmate (only visible to you)',
      '  asked for 3',
    ].join('\n'),
  );
});

it('mentions the bot, and shows its answer in the thread', async () => {
  expect(await transcript('@Shipmate ls')).toContain(
    ['alice #deploys> @Shipmate ls', 'shipmate (in the thread)', '  @alice hello'].join('\n'),
  );
});

it('says what there is when something isn’t', async () => {
  const shown = await transcript(':user mallory', ':channel nowhere', ':dance', ':help', ':quit', 'ls');
  expect(shown).toContain('There is no mallory. There are: alice, bob, carol, gus, olga.');
  expect(shown).toContain('There is no #nowhere. There are: #deploys, #staging, #random.');
  expect(shown).toContain('There is no :dance; :help tells what there is.');
  expect(shown).not.toContain('you asked for');
});
