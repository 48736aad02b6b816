import type { Channel, Group, User } from '../directory.ts';
import type { StoredFile } from '../files.ts';
import type { Json } from '../json.ts';
import { objectsIn } from '../json.ts';
import type { Message } from '../messages.ts';
import type { State } from '../state.ts';
import type { OpenView } from '../views.ts';

/** Slack's own shapes of what the workspace knows: https://docs.slack.dev/reference/objects */
export function userShape(user: User): Json {
  return {
    id: user.id,
    team_id: user.team,
    name: user.name,
    deleted: user.isDeleted,
    real_name: user.realName,
    tz: 'Etc/UTC',
    tz_offset: 0,
    profile: { real_name: user.realName, display_name: user.name, team: user.team },
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: user.isRestricted,
    is_ultra_restricted: user.isUltraRestricted,
    is_bot: user.isBot,
    is_app_user: false,
    updated: 0,
    ...(user.isStranger ? { is_stranger: true } : {}),
  };
}

export function groupShape(group: Group, team: string, withUsers: boolean): Json {
  return {
    id: group.id,
    team_id: team,
    is_usergroup: true,
    is_subteam: true,
    name: group.name,
    handle: group.handle,
    description: '',
    is_external: false,
    date_delete: 0,
    user_count: group.members.length,
    ...(withUsers ? { users: group.members } : {}),
  };
}

export function channelShape(channel: Channel, state: State): Json {
  const isIm = channel.kind === 'im';
  return {
    id: channel.id,
    ...(isIm ? { user: channel.members.find((id) => id !== state.app.botUser) } : { name: channel.name }),
    is_channel: channel.kind === 'public',
    is_group: false,
    is_im: isIm,
    is_mpim: false,
    is_private: channel.kind === 'private',
    is_archived: channel.isArchived,
    is_member: channel.members.includes(state.app.botUser),
    context_team_id: state.team.id,
    num_members: channel.members.length,
  };
}

export function messageShape(message: Message, state: State): Json {
  const replies = state.messages
    .all()
    .filter(({ channel, thread }) => channel === message.channel && thread === message.ts);
  const isApp = message.author === state.app.botUser;
  return {
    type: 'message',
    user: message.author,
    ...(isApp ? { bot_id: state.app.botId, app_id: state.app.id } : {}),
    ts: message.ts,
    text: message.text,
    team: state.directory.user(message.author)?.team ?? state.team.id,
    blocks: message.blocks,
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(message.thread === null ? {} : { thread_ts: message.thread, parent_user_id: message.author }),
    ...(replies.length > 0 ? { thread_ts: message.ts, reply_count: replies.length } : {}),
    ...(message.edits > 0 ? { edited: { user: message.author, ts: message.ts } } : {}),
    ...(message.files.length > 0 ? { files: message.files.map((id) => ({ id })) } : {}),
  };
}

export function fileShape(file: StoredFile): Json {
  return {
    id: file.id,
    name: file.name,
    title: file.title,
    size: file.content?.length ?? 0,
    filetype: file.snippetType ?? 'text',
    channels: file.channel === null ? [] : [file.channel],
  };
}

export function viewShape(view: OpenView, state: State, values: Json = {}): Json {
  const { content } = view;
  return {
    id: view.id,
    team_id: state.team.id,
    type: view.kind,
    private_metadata: '',
    callback_id: '',
    external_id: '',
    clear_on_close: false,
    notify_on_close: false,
    close: null,
    submit: null,
    ...content,
    blocks: objectsIn(content['blocks']),
    state: { values },
    hash: view.hash,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: state.app.id,
    app_installed_team_id: state.team.id,
    bot_id: state.app.botId,
  };
}
