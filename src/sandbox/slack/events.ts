import type { Channel, DirectoryChange, User } from './directory.ts';
import type { Json } from './json.ts';
import type { Message } from './messages.ts';
import { token } from './payloads.ts';
import type { State } from './state.ts';
import { groupShape, userShape, viewShape } from './web-api/shapes.ts';

/** What Slack tells an app of: https://docs.slack.dev/reference/events */
export function mentionEvent(state: State, message: Message, user: User): Json {
  const text = { type: 'rich_text_section', elements: [{ type: 'text', text: message.text }] };
  return {
    type: 'app_mention',
    user: user.id,
    ts: message.ts,
    client_msg_id: state.ids.next('client-'),
    text: message.text,
    team: user.team,
    ...(user.team === state.team.id ? {} : { user_team: user.team, source_team: user.team }),
    blocks: [{ type: 'rich_text', block_id: state.ids.next('b'), elements: [text] }],
    channel: message.channel,
    event_ts: message.ts,
    ...(message.thread === null ? {} : { thread_ts: message.thread, parent_user_id: state.app.botUser }),
  };
}

/** https://docs.slack.dev/reference/events/app_home_opened */
export function homeOpenedEvent(
  state: State,
  {
    user,
    channel,
    tab,
  }: { readonly user: User; readonly channel: Channel; readonly tab: 'home' | 'messages' },
): Json {
  const view = state.views.home(user.id);
  return {
    type: 'app_home_opened',
    user: user.id,
    channel: channel.id,
    tab,
    event_ts: state.ids.timestamp(),
    ...(view !== undefined && tab === 'home' ? { view: viewShape(view, state) } : {}),
  };
}

/** The events that a change of a user or a group sets off. */
export function directoryEvents(state: State, change: DirectoryChange): readonly Json[] {
  const seconds = Math.floor(state.now() / 1000);
  if (change.kind === 'user') {
    const event_ts = state.ids.timestamp();
    return [{ type: 'user_change', user: userShape(change.user), cache_ts: seconds, event_ts }];
  }
  const { group, before } = change;
  const added = group.members.filter((id) => !before.members.includes(id));
  const removed = before.members.filter((id) => !group.members.includes(id));
  const subteam = groupShape(group, state.team.id, true);
  const updated = { type: 'subteam_updated', subteam, event_ts: state.ids.timestamp() };
  if (added.length + removed.length === 0) return [updated];
  const members = {
    type: 'subteam_members_changed',
    subteam_id: group.id,
    team_id: state.team.id,
    date_previous_update: seconds,
    date_update: seconds,
    added_users: added,
    added_users_count: added.length,
    removed_users: removed,
    removed_users_count: removed.length,
    event_ts: state.ids.timestamp(),
  };
  return [updated, members];
}

/** The envelope's payload around an event. */
export function eventCallback(state: State, event: Json): Json {
  return {
    token,
    team_id: state.team.id,
    api_app_id: state.app.id,
    event,
    type: 'event_callback',
    event_id: state.ids.next('Ev'),
    event_time: Math.floor(state.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: state.team.id,
        user_id: state.app.botUser,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
}
