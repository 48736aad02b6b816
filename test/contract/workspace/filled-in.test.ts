import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asObject } from '../../../src/sandbox/slack/json.ts';
import { connected } from './bolt-app.ts';

const deploys = 'C0DEPLOYS';
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const blocks = [
  {
    type: 'input' as const,
    block_id: 'replicas',
    label: plain('Replicas'),
    element: { type: 'plain_text_input' as const, action_id: 'value', initial_value: '2' },
  },
  {
    type: 'section' as const,
    block_id: 'image',
    text: plain('Image'),
    accessory: { type: 'external_select' as const, action_id: 'value' },
  },
  {
    type: 'actions' as const,
    block_id: 'go',
    elements: [{ type: 'button' as const, action_id: 'go', text: plain('Go') }],
  },
];

it('what is filled in around a button goes along with its press', async () => {
  const states: unknown[] = [];
  await using slack = await connected('socket', (app) => {
    app.action('go', async ({ ack, body }) => {
      if ('state' in body) states.push(asObject(body.state)?.['values']);
      await ack();
    });
  });
  const { workspace, app } = slack;
  await app.client.chat.postMessage({ channel: deploys, text: 'form', blocks });
  const [message] = workspace.messages(deploys);
  if (message === undefined) throw new Error('nothing was posted');
  const alice = workspace.as('U0ALICE');

  await alice.click(message, { blockId: 'go', actionId: 'go' });
  await alice.click(message, 'Go', { given: { 'replicas value': '5' } });

  expect(states).toMatchObject([
    { replicas: { value: { value: '2' } }, image: { value: { selected_option: null } } },
    { replicas: { value: { value: '5' } } },
  ]);
});

it('what is chosen from a menu that asks the app is one of the options that it offered', async () => {
  const actions: unknown[] = [];
  await using slack = await connected('socket', (app) => {
    app.options('value', async ({ ack }) => {
      await ack({ options: [{ text: plain('Version 2'), value: 'app:2' }] });
    });
    app.action('value', async ({ ack, action }) => {
      actions.push(action);
      await ack();
    });
  });
  const { workspace, app } = slack;
  await app.client.chat.postMessage({ channel: deploys, text: 'form', blocks });
  const [message] = workspace.messages(deploys);
  if (message === undefined) throw new Error('nothing was posted');
  const menu = { blockId: 'image', actionId: 'value' };

  expect(await workspace.as('U0ALICE').suggest(message, menu, 'app')).toEqual(['Version 2']);
  await workspace.as('U0ALICE').select(message, menu, 'app:2');

  expect(actions).toMatchObject([
    { block_id: 'image', selected_option: { text: { text: 'Version 2' }, value: 'app:2' } },
  ]);
});

it('an app that subscribed to it hears who opened its home tab', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'manifest-'));
  const manifest = join(folder, 'manifest.yml');
  const own = await readFile('manifest.yml', 'utf8');
  await writeFile(manifest, own.replace('- app_mention\n', '- app_mention\n      - app_home_opened\n'));
  try {
    const opened = Promise.withResolvers<unknown>();
    await using slack = await connected(
      'socket',
      (app) => app.event('app_home_opened', async ({ event }) => opened.resolve(event)),
      { manifest },
    );
    const channel = slack.workspace.as('U0ALICE').openApp('home');
    expect(await opened.promise).toMatchObject({ user: 'U0ALICE', channel: channel.id, tab: 'home' });
  } finally {
    await rm(folder, { recursive: true });
  }
});
