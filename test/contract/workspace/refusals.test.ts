import { expect, it } from 'vitest';
import type { Workspace } from '../../../src/sandbox/slack/workspace.ts';
import { populated } from './bolt-app.ts';
import { asForm, asJson } from './raw-call.ts';

const deploys = 'C0DEPLOYS';
const x = (length: number) => 'x'.repeat(length);
const plain = (text: string) => ({ type: 'plain_text', text });
const section = { type: 'section', text: plain('x') };

interface Refused {
  readonly rule: string;
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly error: string;
}

const refusals: readonly Refused[] = [
  { rule: 'a method that there isn’t', method: 'chat.post', args: {}, error: 'unknown_method' },
  {
    rule: 'a message without text',
    method: 'chat.postMessage',
    args: { channel: deploys },
    error: 'no_text',
  },
  {
    rule: 'a channel that there isn’t',
    method: 'chat.postMessage',
    args: { channel: 'C0NOWHERE', text: 'x' },
    error: 'channel_not_found',
  },
  {
    rule: 'a public channel that the bot isn’t in',
    method: 'chat.postMessage',
    args: { channel: 'C0OUTSIDE', text: 'x' },
    error: 'not_in_channel',
  },
  {
    rule: 'a private channel that the bot isn’t in',
    method: 'chat.postMessage',
    args: { channel: 'C0PRIVATE', text: 'x' },
    error: 'channel_not_found',
  },
  {
    rule: 'an archived channel',
    method: 'chat.postMessage',
    args: { channel: 'C0ARCHIVED', text: 'x' },
    error: 'is_archived',
  },
  {
    rule: 'blocks that aren’t JSON',
    method: 'chat.postMessage',
    args: { channel: deploys, blocks: '[{' },
    error: 'invalid_blocks_format',
  },
  {
    rule: 'blocks that break a rule',
    method: 'chat.postMessage',
    args: { channel: deploys, blocks: [{ type: 'header', text: plain(x(151)) }] },
    error: 'invalid_blocks',
  },
  {
    rule: 'blocks with too much text between them',
    method: 'chat.postMessage',
    args: {
      channel: deploys,
      blocks: Array.from({ length: 5 }, () => ({ type: 'section', text: plain(x(3000)) })),
    },
    error: 'msg_blocks_too_long',
  },
  {
    rule: 'more than 100 attachments',
    method: 'chat.postMessage',
    args: { channel: deploys, attachments: Array.from({ length: 101 }, () => ({ text: 'x' })) },
    error: 'too_many_attachments',
  },
  {
    rule: 'a thread that there isn’t',
    method: 'chat.postMessage',
    args: { channel: deploys, text: 'x', thread_ts: '1.000001' },
    error: 'thread_not_found',
  },
  {
    rule: 'an ephemeral message to somebody who isn’t there',
    method: 'chat.postEphemeral',
    args: { channel: deploys, user: 'U0NOBODY', text: 'x' },
    error: 'user_not_in_channel',
  },
  {
    rule: 'an edit of a message that there isn’t',
    method: 'chat.update',
    args: { channel: deploys, ts: '1.000001', text: 'x' },
    error: 'message_not_found',
  },
  {
    rule: 'somebody who isn’t there',
    method: 'users.info',
    args: { user: 'U0NOBODY' },
    error: 'user_not_found',
  },
  {
    rule: 'a group that there isn’t',
    method: 'usergroups.users.list',
    args: { usergroup: 'S0NONE' },
    error: 'no_such_subteam',
  },
  { rule: 'missing arguments', method: 'users.info', args: {}, error: 'invalid_arguments' },
  {
    rule: 'a trigger id that was never given',
    method: 'views.open',
    args: { trigger_id: 'x', view: { type: 'modal', title: plain('x'), blocks: [section] } },
    error: 'invalid_trigger_id',
  },
  {
    rule: 'inputs without a submit button',
    method: 'views.publish',
    args: { user_id: 'U0ALICE', view: { type: 'modal', title: plain('x'), blocks: [] } },
    error: 'invalid_arguments',
  },
  {
    rule: 'a view that there isn’t',
    method: 'views.update',
    args: { view_id: 'V0NONE', view: { type: 'home', blocks: [] } },
    error: 'not_found',
  },
  {
    rule: 'a scope that the manifest doesn’t ask for',
    method: 'conversations.list',
    args: {},
    error: 'missing_scope',
  },
  {
    rule: 'the bot token where the app’s is due',
    method: 'apps.connections.open',
    args: {},
    error: 'not_allowed_token_type',
  },
];

it.each(refusals)('refuses $rule: $error', async ({ method, args, error }) => {
  await using workspace = await withChannels();
  const answers = await Promise.all([asForm(workspace, method, args), asJson(workspace, method, args)]);
  expect(answers).toMatchObject([
    { ok: false, error },
    { ok: false, error },
  ]);
});

async function withChannels(): Promise<Workspace> {
  const workspace = await populated('socket');
  const { directory, bot } = workspace;
  directory.addChannel({ id: 'C0OUTSIDE', name: 'outside', members: ['U0ALICE'] });
  directory.addChannel({ id: 'C0PRIVATE', name: 'private', kind: 'private', members: ['U0ALICE'] });
  directory.addChannel({ id: 'C0ARCHIVED', name: 'archived', isArchived: true, members: [bot.user] });
  return workspace;
}
