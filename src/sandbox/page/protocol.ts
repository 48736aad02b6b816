import type { KnownBlock } from '@slack/types';
import { z } from 'zod';

/**
 * What the page and the server that serves it say to each other, over one WebSocket: JSON, a message each. Both ends parse
 * what comes in.
 */

/** Users see of each other what Slack shows. Fields are the directory's. */
const User = z.object({
  id: z.string(),
  name: z.string(),
  realName: z.string(),
  team: z.string(),
  isBot: z.boolean(),
  isDeleted: z.boolean(),
  isRestricted: z.boolean(),
  isUltraRestricted: z.boolean(),
  isStranger: z.boolean(),
});
const Group = z.object({
  id: z.string(),
  handle: z.string(),
  name: z.string(),
  members: z.array(z.string()).readonly(),
});
const Channel = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['public', 'private', 'im']),
  members: z.array(z.string()).readonly(),
  isArchived: z.boolean(),
});
export const People = z.object({
  users: z.array(User).readonly(),
  groups: z.array(Group).readonly(),
  channels: z.array(Channel).readonly(),
});

const object = z.record(z.string(), z.unknown()).readonly();
/** The workspace refuses every block that Slack refuses, so what has a type here is one of Slack's. */
export const Blocks = z
  .array(z.custom<KnownBlock>((value) => object.safeParse(value).data?.['type'] !== undefined))
  .readonly();

const File = z.object({ id: z.string(), name: z.string(), title: z.string(), bytes: z.number() });

export const Message = z.object({
  channel: z.string(),
  ts: z.string(),
  thread: z.string().nullable(),
  author: z.string(),
  visibleTo: z.string().nullable(),
  text: z.string(),
  blocks: Blocks,
  attachments: z.array(z.object({ text: z.string(), color: z.string(), blocks: Blocks })).readonly(),
  files: z.array(File).readonly(),
  edits: z.number(),
});

const TextObject = z.object({ text: z.string() });
export const View = z.object({
  id: z.string(),
  user: z.string(),
  kind: z.enum(['modal', 'home']),
  title: z.string(),
  /** The button's label; null when there is nothing to submit. */
  submit: z.string().nullable(),
  close: z.string(),
  blocks: Blocks,
});

/** A call of the app's, or a payload for it, and the answer. */
export const Exchange = z.object({
  id: z.number(),
  from: z.enum(['app', 'workspace']),
  /** The method; or the kind of payload: `slash_commands /swarm ls`, `block_actions Scale`. */
  name: z.string(),
  payload: object,
  answer: z.unknown(),
  /** `200`, `acknowledged`, `timed out`, … */
  status: z.string(),
  isWell: z.boolean(),
  /** Milliseconds since 1970, and how long it took. */
  at: z.number(),
  ms: z.number(),
});

const ReadMark = z.object({ user: z.string(), channel: z.string(), ts: z.string() });

/** One step of the tour: done once a command that fits was sent or a button that fits was pressed. */
const Step = z.object({
  title: z.string(),
  text: z.string(),
  /** What to type. */
  command: z.string(),
  /** A regular expression for `/swarm ls` or for a button's label. */
  done: z.string(),
});
const Scenario = z.object({ name: z.string(), summary: z.string(), look: z.string().exactOptional() });

export const Snapshot = z.object({
  kind: z.literal('snapshot'),
  team: z.object({ id: z.string(), name: z.string() }),
  bot: z.string(),
  commands: z
    .array(z.object({ command: z.string(), description: z.string(), usageHint: z.string() }))
    .readonly(),
  people: People,
  messages: z.array(Message).readonly(),
  views: z.array(View).readonly(),
  exchanges: z.array(Exchange).readonly(),
  read: z.array(ReadMark).readonly(),
  /** How many connections the app has. */
  connections: z.number(),
  tour: z.array(Step).readonly(),
  scenarios: z.array(Scenario).readonly(),
});

/** An option of a menu that asks the app. */
const Offered = z.object({ text: TextObject, value: z.string(), description: TextObject.optional() });

/** What came of something that the page asked for. */
const Result = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done') }),
  /** A whole sentence that says what went wrong. */
  z.object({ kind: z.literal('trouble'), reason: z.string() }),
  /** By block id. */
  z.object({ kind: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.object({
    kind: z.literal('options'),
    groups: z.array(z.object({ label: z.string(), options: z.array(Offered).readonly() })).readonly(),
  }),
  z.object({ kind: z.literal('channel'), channel: z.string() }),
]);

/** From the server. */
export const FromServer = z.discriminatedUnion('kind', [
  Snapshot,
  z.object({ kind: z.literal('people'), people: People }),
  z.object({
    kind: z.literal('message'),
    change: z.enum(['posted', 'edited', 'deleted']),
    message: Message,
  }),
  z.object({ kind: z.literal('view'), change: z.enum(['opened', 'updated', 'closed']), view: View }),
  z.object({ kind: z.literal('exchange'), exchange: Exchange }),
  z.object({ kind: z.literal('read'), mark: ReadMark }),
  z.object({ kind: z.literal('connections'), open: z.number() }),
  z.object({ kind: z.literal('result'), request: z.number(), result: Result }),
]);

/** Where blocks stand that somebody acts on. */
const Place = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('message'), channel: z.string(), ts: z.string() }),
  z.object({ kind: z.literal('view'), id: z.string() }),
]);
const Choice = z.union([z.string(), z.array(z.string()).readonly()]);
/** By `BLOCK ACTION`, the two ids with a space between. */
const Given = z.record(z.string(), Choice).readonly();
const user = z.string();
const channel = z.string();
const control = { place: Place, block: z.string(), action: z.string() };

/** What a person does on the page. `user` is who they are at that moment. */
export const Deed = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('send'),
    user,
    channel,
    thread: z.string().nullable(),
    text: z.string().min(1).max(40_000),
  }),
  z.object({ kind: z.literal('press'), user, ...control, given: Given }),
  z.object({ kind: z.literal('choose'), user, ...control, choice: Choice, given: Given }),
  z.object({ kind: z.literal('suggest'), user, ...control, typed: z.string().max(3000) }),
  z.object({ kind: z.literal('submit'), user, view: z.string(), given: Given }),
  z.object({ kind: z.literal('close'), user, view: z.string() }),
  z.object({ kind: z.literal('open app'), user, tab: z.enum(['home', 'messages']) }),
  z.object({ kind: z.literal('read'), user, channel, ts: z.string() }),
  z.object({ kind: z.literal('scenario'), name: z.string() }),
]);

/** From the page. The server answers each with a `result` that bears its number. */
export const FromPage = z.object({ request: z.int(), deed: Deed });

export type People = z.infer<typeof People>;
export type User = z.infer<typeof User>;
export type Channel = z.infer<typeof Channel>;
export type Message = z.infer<typeof Message>;
export type File = z.infer<typeof File>;
export type View = z.infer<typeof View>;
export type Exchange = z.infer<typeof Exchange>;
export type ReadMark = z.infer<typeof ReadMark>;
export type Step = z.infer<typeof Step>;
export type Snapshot = z.infer<typeof Snapshot>;
export type Result = z.infer<typeof Result>;
export type FromServer = z.infer<typeof FromServer>;
export type Place = z.infer<typeof Place>;
export type Choice = z.infer<typeof Choice>;
export type Given = z.infer<typeof Given>;
export type Deed = z.infer<typeof Deed>;
export type FromPage = z.infer<typeof FromPage>;
