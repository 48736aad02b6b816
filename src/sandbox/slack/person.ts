import { chosen, type Choice } from './chosen.ts';
import { controlNamed, textOf, type ConfirmDialog, type Control, type ControlName } from './controls.ts';
import type { Courier } from './delivery.ts';
import type { Channel, User } from './directory.ts';
import type { Delivery } from './happenings.ts';
import { asObject, objectsIn, type Json } from './json.ts';
import type { Message } from './messages.ts';
import { eventCallback, homeOpenedEvent, mentionEvent } from './events.ts';
import { filledIn, type Given } from './filled-in.ts';
import { actionPayload, suggestionPayload } from './payloads.ts';
import { runCommand } from './slash-command.ts';
import type { State } from './state.ts';
import { closeView, submitView, type Submission } from './submission.ts';
import { typedText, type TypingHabits } from './typed-text.ts';
import type { OpenView } from './views.ts';

/** What came of a press: nothing was delivered when the confirm dialog was declined. */
interface Press {
  readonly confirm: ConfirmDialog | null;
  readonly delivery: Delivery | null;
}

/** One of the workspace's users, at their keyboard. Channels are given by id or name. */
export interface Person {
  readonly user: User;
  /**
   * Types a slash command. When Slack itself refuses it, or the app doesn't acknowledge it in time, the user is told so
   * by Slackbot.
   * @returns null when nothing was delivered.
   */
  command(
    channel: string,
    command: string,
    text: string,
    habits?: InThread & TypingHabits,
  ): Promise<Delivery | null>;
  /** Posts a message. The app hears of it when it mentions the app, by the habit `names`. */
  say(channel: string, text: string, habits?: InThread & TypingHabits): Message;
  /** Posts `@app text`; the app hears of it when it is in the channel. */
  mention(channel: string, text: string, habits?: InThread & TypingHabits): Message;
  /** Presses a button. A confirm dialog is accepted unless told otherwise; `given` is what is filled in around it. */
  click(
    where: Message | OpenView,
    button: ControlName,
    answer?: { readonly accept?: boolean; readonly given?: Given },
  ): Promise<Press>;
  /** Chooses in a menu: by value or text of an option, or an id. */
  select(where: Message | OpenView, menu: ControlName, choice: Choice, given?: Given): Promise<Press>;
  /** Types into a menu that asks the app for its options. @returns the options' texts. */
  suggest(where: Message | OpenView, menu: ControlName, typed: string): Promise<readonly string[]>;
  /** The same, with the app's whole answer: `options` or `option_groups`. Null when it gave none in time. */
  options(where: Message | OpenView, menu: ControlName, typed: string): Promise<Json | null>;
  /** Fills in a modal and submits it. Inputs are known by action id, block id or label; others keep what they hold. */
  submit(view: OpenView, values: Given): Promise<Submission>;
  close(view: OpenView): Promise<void>;
  /** Opens the app, at its home tab or its messages. @returns the direct conversation with it. */
  openApp(tab: 'home' | 'messages'): Channel;
  /** The modal in front of them. */
  view(): OpenView | undefined;
}

interface InThread {
  /** `ts` of the message whose thread it is typed in. */
  readonly thread?: string;
}

interface Parts {
  readonly state: State;
  readonly courier: Courier;
  readonly origin: string;
  /** Does something whose end nobody waits for. */
  readonly background: (work: Promise<unknown>) => void;
}

export function person(userId: string, { state, courier, origin, background }: Parts): Person {
  const found = state.directory.user(userId);
  if (found === undefined) throw new Error(`The workspace has no user ${userId}.`);
  const appMention = `<@${state.app.botUser}>`;
  const user = () => state.directory.user(found.id) ?? found;

  /** The app hears of what mentions it. */
  function post(channelName: string, text: string, habits: InThread): Message {
    const channel = joined(state, channelName, user());
    const message = state.messages.post({
      text,
      blocks: [],
      attachments: [],
      channel: channel.id,
      thread: habits.thread ?? null,
      author: user().id,
      visibleTo: null,
      files: [],
    });
    const { events, scopes } = state.app.manifest;
    const hears = channel.members.includes(state.app.botUser) && scopes.includes('app_mentions:read');
    if (hears && events.includes('app_mention') && text.includes(appMention)) {
      background(courier.announce(eventCallback(state, mentionEvent(state, message, user()))));
    }
    return message;
  }

  const complete = (control: Control) => state.offers.complete(userId, control);

  async function act(
    where: Message | OpenView,
    control: Control,
    fields: Json,
    given: Given,
  ): Promise<Delivery> {
    const action = { ...fields, action_id: control.actionId, block_id: control.blockId };
    const { values } = filledIn(where, given, complete);
    const payload = actionPayload(state, { user: user(), origin, where, action, values });
    return courier.hand('interactive', payload);
  }

  async function options(where: Message | OpenView, name: ControlName, typed: string): Promise<Json | null> {
    const control = controlNamed(where, name);
    const ids = { action_id: control.actionId, block_id: control.blockId };
    const payload = suggestionPayload(state, user(), where, ids, typed);
    const { acknowledgement } = await courier.hand('interactive', payload);
    if (acknowledgement.kind !== 'acknowledged') return null;
    const answer = asObject(acknowledgement.payload) ?? {};
    state.offers.remember(userId, control, optionsIn(answer));
    return answer;
  }

  return {
    get user() {
      return user();
    },
    async command(channelName, command, text, habits = {}) {
      const channel = joined(state, channelName, user());
      const typed = { command, text: typedText(text, habits), user: user(), channel };
      return runCommand({ state, courier, origin }, { ...typed, thread: habits.thread ?? null });
    },
    say: (channel, text, habits = {}) => post(channel, typedText(text, habits), habits),
    mention: (channel, text, habits = {}) =>
      post(channel, `${appMention} ${typedText(text, habits)}`, habits),
    async click(where, name, { accept = true, given = {} } = {}) {
      const control = controlNamed(where, name);
      if (control.confirm !== null && !accept) return { confirm: control.confirm, delivery: null };
      const { type, text, value, url } = control.element;
      const fields = {
        type,
        text,
        ...(value === undefined ? {} : { value }),
        ...(url === undefined ? {} : { url }),
      };
      return { confirm: control.confirm, delivery: await act(where, control, fields, given) };
    },
    async select(where, name, choice, given = {}) {
      const control = complete(controlNamed(where, name));
      const own = { [`${control.blockId} ${control.actionId}`]: choice };
      const delivery = await act(where, control, chosen(control, choice), { ...given, ...own });
      return { confirm: control.confirm, delivery };
    },
    async suggest(where, name, typed) {
      const answer = await options(where, name, typed);
      return optionsIn(answer ?? {}).map((option) => textOf(option['text']));
    },
    options,
    submit: (view, values) => submitView({ state, courier }, user(), view, values),
    close: (view) => closeView({ state, courier }, user(), view),
    openApp(tab) {
      const channel = state.directory.im([found.id, state.app.botUser]);
      if (state.app.manifest.events.includes('app_home_opened')) {
        const event = homeOpenedEvent(state, { user: user(), channel, tab });
        background(courier.announce(eventCallback(state, event)));
      }
      return channel;
    },
    view: () => state.views.modals(found.id).at(-1),
  };
}

/** @throws when there is no such channel, or the user isn't in it. */
function joined(state: State, idOrName: string, user: User): Channel {
  const channel = state.directory.channel(idOrName);
  if (channel === undefined) throw new Error(`The workspace has no channel ${idOrName}.`);
  if (!channel.members.includes(user.id)) throw new Error(`${user.name} isn't in #${channel.name}.`);
  return channel;
}

function optionsIn(answer: Json): readonly Json[] {
  const groups = objectsIn(answer['option_groups']).flatMap((group) => objectsIn(group['options']));
  return [...objectsIn(answer['options']), ...groups];
}
