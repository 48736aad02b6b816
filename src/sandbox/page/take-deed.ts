import { asText, objectsIn, type Json } from '../slack/json.ts';
import { textOf } from '../slack/controls.ts';
import type { Message, OpenView, Person, Workspace } from '../slack/workspace.ts';
import type { Deed, Place, Result } from './protocol.ts';

/** What a person does to the workspace; the page's own affairs are left to the server. */
export type WorkspaceDeed = Exclude<Deed, { readonly kind: 'read' | 'scenario' }>;

type Where = Message | OpenView;
type Delivered = Awaited<ReturnType<Person['command']>>;

const done: Result = { kind: 'done' };

/** Does what a person did on the page. @returns what came of it; what can't be done is a `trouble`. */
export async function takeDeed(workspace: Workspace, deed: WorkspaceDeed): Promise<Result> {
  if (workspace.directory.user(deed.user) === undefined) return trouble('There is no such user.');
  const person = workspace.as(deed.user);
  switch (deed.kind) {
    case 'send':
      return send(workspace, person, deed);
    case 'open app':
      return { kind: 'channel', channel: person.openApp(deed.tab).id };
    case 'submit':
    case 'close': {
      const view = workspace.modals(deed.user).find(({ id }) => id === deed.view);
      if (view === undefined) return trouble('That form isn’t open any more.');
      return deed.kind === 'submit' ? submit(person, view, deed.given) : closed(person, view);
    }
    case 'press':
    case 'choose':
    case 'suggest': {
      const where = find(workspace, deed.user, deed.place);
      if (where === undefined) return trouble('What you pressed isn’t there any more.');
      return act(person, where, deed);
    }
  }
}

/** A slash command, a mention of the app, or a message. */
async function send(
  { directory }: Workspace,
  person: Person,
  { channel, thread, text }: Extract<WorkspaceDeed, { kind: 'send' }>,
): Promise<Result> {
  const to = directory.channel(channel);
  if (to === undefined || !to.members.includes(person.user.id)) return trouble('You aren’t in that channel.');
  // Slack's clients make links of hosts and addresses, in commands too.
  const habits = { links: true, ...(thread === null ? {} : { thread }) };
  const command = /^(\/\S+)\s*([\s\S]*)$/.exec(text);
  if (command !== null) {
    // Slackbot tells of what went wrong.
    await person.command(channel, command[1] ?? '', command[2] ?? '', habits);
    return done;
  }
  const users = directory.users().filter(({ isDeleted }) => !isDeleted);
  const names = new Map(
    users.flatMap(({ id, name, realName }) => [name, realName].map((each) => [each.toLowerCase(), id])),
  );
  person.say(channel, text, { ...habits, names });
  return done;
}

async function submit(
  person: Person,
  view: OpenView,
  given: Parameters<Person['submit']>[1],
): Promise<Result> {
  const submission = await person.submit(view, given);
  if (submission.kind === 'errors') return { kind: 'errors', errors: submission.errors };
  if (submission.kind !== 'trouble') return done;
  return trouble(`The app’s answer to the form can’t be used: ${submission.reason}.`);
}

async function closed(person: Person, view: OpenView): Promise<Result> {
  await person.close(view);
  return done;
}

function find(workspace: Workspace, user: string, place: Place): Where | undefined {
  if (place.kind === 'view') {
    return [workspace.home(user), ...workspace.modals(user)].find((view) => view?.id === place.id);
  }
  const channel = workspace.directory.channel(place.channel);
  if (channel?.members.includes(user) !== true) return undefined;
  const seen = [...workspace.messages(channel.id), ...workspace.ephemerals(user, channel.id)];
  return seen.find(({ ts }) => ts === place.ts);
}

type Touch = Extract<WorkspaceDeed, { kind: 'press' | 'choose' | 'suggest' }>;

async function act(person: Person, where: Where, deed: Touch): Promise<Result> {
  const name = { blockId: deed.block, actionId: deed.action };
  switch (deed.kind) {
    case 'press':
      return afterDelivery((await person.click(where, name, { given: deed.given })).delivery);
    case 'choose':
      return afterDelivery((await person.select(where, name, deed.choice, deed.given)).delivery);
    case 'suggest': {
      const answer = await person.options(where, name, deed.typed);
      return answer === null ? trouble('The app offered no options in time.') : offered(answer);
    }
  }
}

function afterDelivery(delivery: Delivered): Result {
  switch (delivery?.acknowledgement.kind) {
    case 'timed out':
      return trouble('The app didn’t respond in time.');
    case 'failed':
      return trouble(`The app couldn’t be reached: ${delivery.acknowledgement.reason}.`);
    case 'acknowledged':
    case undefined:
      return done;
  }
}

function offered(answer: Json): Result {
  const groups = [
    { label: '', options: answer['options'] },
    ...objectsIn(answer['option_groups']).map((group) => ({
      label: textOf(group['label']),
      options: group['options'],
    })),
  ];
  return {
    kind: 'options',
    groups: groups
      .map(({ label, options }) => ({ label, options: objectsIn(options).map(optionOf) }))
      .filter(({ options }) => options.length > 0),
  };
}

function optionOf(option: Json) {
  const description = textOf(option['description']);
  return {
    text: { text: textOf(option['text']) },
    value: asText(option['value']) ?? '',
    ...(description === '' ? {} : { description: { text: description } }),
  };
}

function trouble(reason: string): Result {
  return { kind: 'trouble', reason };
}
