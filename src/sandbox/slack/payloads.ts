import type { Json } from './json.ts';
import type { Channel, User } from './directory.ts';
import type { Message } from './messages.ts';
import type { State } from './state.ts';
import type { OpenView } from './views.ts';
import { messageShape, viewShape } from './web-api/shapes.ts';

/** What Slack sends an app for commands and interactions: https://docs.slack.dev/reference/interaction-payloads */
export interface CommandPayloadParts {
  readonly command: string;
  readonly text: string;
  readonly user: User;
  readonly channel: Channel;
  readonly origin: string;
}

export const token = 'local-verification-token';

export function commandPayload(
  state: State,
  { command, text, user, channel, origin }: CommandPayloadParts,
): Json {
  const responsePath = state.responseUrls.issue({
    channel: channel.id,
    user: user.id,
    message: null,
    thread: null,
  });
  return {
    token,
    team_id: user.team,
    team_domain: state.team.domain,
    channel_id: channel.id,
    channel_name: channel.kind === 'im' ? 'directmessage' : channel.name,
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: state.app.id,
    is_enterprise_install: 'false',
    response_url: origin + responsePath,
    trigger_id: state.triggers.issue(user.id),
  };
}

function interaction(state: State, user: User): Json {
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: user.team },
    api_app_id: state.app.id,
    token,
    team: { id: state.team.id, domain: state.team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

export interface ActionParts {
  readonly user: User;
  readonly origin: string;
  readonly where: Message | OpenView;
  readonly action: Json;
  /** Values of the inputs around it. */
  readonly values: Json;
}

export function actionPayload(state: State, { user, origin, where, action, values }: ActionParts): Json {
  const common = {
    type: 'block_actions',
    ...interaction(state, user),
    trigger_id: state.triggers.issue(user.id),
    actions: [{ ...action, action_ts: state.ids.timestamp() }],
  };
  if (!('ts' in where)) {
    return {
      ...common,
      container: { type: 'view', view_id: where.id },
      view: viewShape(where, state, values),
    };
  }
  const responsePath = state.responseUrls.issue({
    channel: where.channel,
    user: user.id,
    message: where.ts,
    thread: where.thread,
  });
  const isEphemeral = where.visibleTo !== null;
  return {
    ...common,
    container: {
      type: 'message',
      message_ts: where.ts,
      channel_id: where.channel,
      is_ephemeral: isEphemeral,
      ...(where.thread === null ? {} : { thread_ts: where.thread }),
    },
    channel: { id: where.channel, name: state.directory.channel(where.channel)?.name ?? '' },
    ...(isEphemeral ? {} : { message: messageShape(where, state) }),
    state: { values },
    response_url: origin + responsePath,
  };
}

export function submissionPayload(state: State, view: OpenView, user: User, values: Json): Json {
  return {
    type: 'view_submission',
    ...interaction(state, user),
    trigger_id: state.triggers.issue(user.id),
    view: viewShape(view, state, values),
    response_urls: [],
  };
}

export function closedPayload(state: State, view: OpenView, user: User, isCleared: boolean): Json {
  return {
    type: 'view_closed',
    ...interaction(state, user),
    view: viewShape(view, state),
    is_cleared: isCleared,
  };
}

export function suggestionPayload(
  state: State,
  user: User,
  where: Message | OpenView,
  { action_id, block_id }: Json,
  value: string,
): Json {
  const place =
    'ts' in where
      ? {
          container: { type: 'message', message_ts: where.ts, channel_id: where.channel },
          channel: { id: where.channel },
        }
      : { container: { type: 'view', view_id: where.id }, view: viewShape(where, state) };
  return { type: 'block_suggestion', ...interaction(state, user), action_id, block_id, value, ...place };
}
