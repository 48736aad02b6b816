import { z } from 'zod';

/** What Slack delivers, as far as it is used. https://docs.slack.dev/reference/interaction-payloads and /events */
const id = z.string().min(1).max(100);
const url = z.url({ protocol: /^https?$/ });

export const commandPayload = z.object({
  team_id: id,
  user_id: id,
  channel_id: id,
  text: z.string().default(''),
  response_url: url,
  trigger_id: id.optional(),
});

export const mentionPayload = z.object({
  team_id: id,
  event_id: id.optional(),
  event: z.object({
    user: id.optional(),
    text: z.string().default(''),
    channel: id,
    ts: id,
    thread_ts: id.optional(),
    /** The asker's own workspace, in a channel that is shared with others. */
    user_team: id.optional(),
    team: id.optional(),
    bot_id: id.nullish(),
    subtype: z.string().optional(),
    edited: z.unknown().optional(),
  }),
});

const asker = {
  team: z.object({ id }).nullish(),
  user: z.object({ id, team_id: id.optional() }),
  trigger_id: id,
};

export const clickPayload = z.object({
  ...asker,
  channel: z.object({ id }),
  container: z.object({
    type: z.literal('message'),
    message_ts: id,
    thread_ts: id.optional(),
    is_ephemeral: z.boolean().default(false),
  }),
  message: z.object({ thread_ts: id.optional() }).optional(),
  response_url: url.optional(),
  actions: z.array(z.object({ action_id: id })).min(1),
});

export const submissionPayload = z.object({
  ...asker,
  trigger_id: id.optional(),
  view: z.object({
    id,
    private_metadata: id,
    state: z.object({ values: z.record(z.string(), z.record(z.string(), z.looseObject({}))) }),
  }),
});

export const userChange = z.object({ event: z.object({ user: z.object({ id }) }) });
