import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { asObject, asText, objectsIn } from '../../../src/sandbox/slack/json.ts';
import type { Workspace } from '../../../src/sandbox/slack/workspace.ts';
import { populated } from './bolt-app.ts';
import { asForm } from './raw-call.ts';

const deploys = 'C0DEPLOYS';
const x = (length: number) => 'x'.repeat(length);
const plain = (text: string) => ({ type: 'plain_text', text });
const section = { type: 'section', text: plain('x') };

describe('the Web API', () => {
  it('refuses a call without a token, and one with a wrong token', async () => {
    await using workspace = await populated('socket');
    expect(await asForm(workspace, 'auth.test', {}, '')).toMatchObject({ error: 'not_authed' });
    expect(await asForm(workspace, 'auth.test', {}, 'xoxb-wrong')).toMatchObject({ error: 'invalid_auth' });
  });

  it('says which scope is missing and which were granted', async () => {
    await using workspace = await populated('socket');
    expect(await asForm(workspace, 'team.info', {})).toMatchObject({
      needed: 'team:read',
      provided: 'commands,chat:write,app_mentions:read,users:read,usergroups:read,files:write',
    });
  });

  it('lets the app edit its own messages only, and none that one user alone sees', async () => {
    await using workspace = await populated('socket');
    const said = workspace.as('U0ALICE').say(deploys, 'hello');
    await asForm(workspace, 'chat.postEphemeral', { channel: deploys, user: 'U0ALICE', text: 'psst' });
    const [secret] = workspace.ephemerals('U0ALICE', deploys);
    const edit = (ts: string | undefined) =>
      asForm(workspace, 'chat.update', { channel: deploys, ts, text: 'x' });

    expect(await edit(said.ts)).toMatchObject({ error: 'cant_update_message' });
    expect(await edit(secret?.ts)).toMatchObject({ error: 'message_not_found' });
  });

  it('cuts a posted text at 40,000 characters and refuses an edit over 4,000', async () => {
    await using workspace = await populated('socket');
    const { ts } = await asForm(workspace, 'chat.postMessage', { channel: deploys, text: x(40_001) });
    const edit = (length: number) =>
      asForm(workspace, 'chat.update', { channel: deploys, ts, text: x(length) });

    expect(workspace.messages(deploys)[0]?.text).toHaveLength(40_000);
    expect(await edit(4000)).toMatchObject({ ok: true });
    expect(await edit(4001)).toMatchObject({ error: 'msg_too_long' });
  });

  it('keeps the blocks of a message whose edit brings none', async () => {
    await using workspace = await populated('socket');
    const { ts } = await asForm(workspace, 'chat.postMessage', {
      channel: deploys,
      text: 'x',
      blocks: [section],
    });

    await asForm(workspace, 'chat.update', { channel: deploys, ts, text: 'y' });
    expect(workspace.messages(deploys)[0]).toMatchObject({ text: 'y', blocks: [section], edits: 1 });

    await asForm(workspace, 'chat.update', { channel: deploys, ts, text: 'y', blocks: [] });
    expect(workspace.messages(deploys)[0]).toMatchObject({ blocks: [], edits: 2 });
  });

  it('gives each block and button an id of its own', async () => {
    await using workspace = await populated('socket');
    const button = { type: 'button', text: plain('x') };
    await asForm(workspace, 'chat.postMessage', {
      channel: deploys,
      blocks: [{ type: 'actions', elements: [button, button] }],
    });
    const [block] = workspace.messages(deploys)[0]?.blocks ?? [];
    const ids = [block, ...objectsIn(block?.['elements'])].map(
      (each) => each?.['block_id'] ?? each?.['action_id'],
    );
    expect(new Set(ids.filter((id) => typeof id === 'string')).size).toBe(3);
  });

  it('tells what kind of user somebody is', async () => {
    await using workspace = await populated('socket');
    const { directory } = workspace;
    directory.addUser({ id: 'U0GUS', name: 'gus', isRestricted: true });
    directory.addUser({ id: 'U0OLGA', name: 'olga', team: 'T0ELSEWHERE', isStranger: true });
    directory.addUser({ id: 'U0OLD', name: 'old', isDeleted: true });
    const user = async (id: string) => (await asForm(workspace, 'users.info', { user: id }))['user'];

    expect(await user('U0ALICE')).toMatchObject({ deleted: false, is_bot: false, is_restricted: false });
    expect(await user('U0GUS')).toMatchObject({ is_restricted: true });
    expect(await user('U0OLGA')).toMatchObject({ is_stranger: true, team_id: 'T0ELSEWHERE' });
    expect(await user('U0OLD')).toMatchObject({ deleted: true });
    expect(await user(workspace.bot.user)).toMatchObject({ is_bot: true });
  });

  it('gives long lists in pages', async () => {
    await using workspace = await populated('socket');
    const client = clientOf(workspace);
    const names: (string | undefined)[] = [];
    for await (const page of client.paginate('users.list', { limit: 2 })) {
      names.push(...objectsIn(asObject(page)?.['members']).map(({ name }) => asText(name)));
    }
    expect(names).toEqual(['shipmate', 'slackbot', 'alice', 'bob']);
  });

  it('takes a file as the SDK uploads it, and shows it in the channel', async () => {
    await using workspace = await populated('socket');
    const content = 'line one\nline two\n';
    await clientOf(workspace).files.uploadV2({
      channel_id: deploys,
      content,
      filename: 'web.log',
      title: 'Logs',
    });

    const [file] = workspace.files;
    expect(file).toMatchObject({ name: 'web.log', title: 'Logs', channel: deploys });
    expect(file?.content?.toString()).toBe(content);
    expect(workspace.messages(deploys)[0]).toMatchObject({ files: [file?.id] });
  });

  it('refuses a snippet over 1 MB, and a file whose bytes never came', async () => {
    await using workspace = await populated('socket');
    const announce = (length: number) =>
      asForm(workspace, 'files.getUploadURLExternal', { filename: 'a', length, snippet_type: 'text' });
    const { file_id: id } = await announce(1_000_000);

    expect(await announce(1_000_001)).toMatchObject({ error: 'snippet_too_large' });
    expect(await asForm(workspace, 'files.completeUploadExternal', { files: [{ id }] })).toMatchObject({
      error: 'upload_not_complete',
    });
  });

  it('logs every call with its answer', async () => {
    await using workspace = await populated('socket', { now: () => 1_700_000_000_000 });
    await asForm(workspace, 'chat.postMessage', { channel: deploys, text: 'x' });
    expect(workspace.calls).toMatchObject([
      {
        method: 'chat.postMessage',
        args: { channel: deploys, text: 'x' },
        status: 200,
        answer: { ok: true, ts: '1700000000.000000' },
        at: 1_700_000_000_000,
      },
    ]);
  });

  it('keeps the rate of posts to a channel when asked to', async () => {
    let now = 1_700_000_000_000;
    await using workspace = await populated('socket', { rateLimits: true, now: () => now });
    const post = () => asForm(workspace, 'chat.postMessage', { channel: deploys, text: 'x' });

    expect(await post()).toMatchObject({ ok: true });
    expect(await post()).toMatchObject({ ok: false, error: 'ratelimited' });
    now += 1000;
    expect(await post()).toMatchObject({ ok: true });
  });
});

function clientOf({ apiUrl, credentials }: Workspace): WebClient {
  return new WebClient(credentials.botToken, { slackApiUrl: apiUrl });
}
