import type { Courier } from './delivery.ts';
import type { Channel, User } from './directory.ts';
import type { Delivery } from './happenings.ts';
import { asObject } from './json.ts';
import { commandPayload } from './payloads.ts';
import { Refusal } from './refusal.ts';
import { respond } from './respond.ts';
import { slackbot, type State } from './state.ts';

export interface TypedCommand {
  readonly command: string;
  /** As Slack passes it on. */
  readonly text: string;
  readonly user: User;
  readonly channel: Channel;
  readonly thread: string | null;
}

interface Parts {
  readonly state: State;
  readonly courier: Courier;
  readonly origin: string;
}

/** Delivers a command, and shows what the app acknowledges it with, or Slackbot's word that it failed. */
export async function runCommand(
  { state, courier, origin }: Parts,
  typed: TypedCommand,
): Promise<Delivery | null> {
  const { command } = typed;
  const tell = (text: string) => tellBySlackbot(state, typed, text);
  if (!state.app.manifest.commands.some((known) => known.command === command)) {
    tell(`${command} is not a valid command.`);
    return null;
  }
  if (typed.thread !== null) {
    tell(`${command} is not supported in threads. Sorry!`);
    return null;
  }
  const delivery = await courier.hand('slash_commands', commandPayload(state, { ...typed, origin }));
  const { acknowledgement } = delivery;
  switch (acknowledgement.kind) {
    case 'timed out':
      tell(`${command} failed with the error "operation_timeout"`);
      break;
    case 'failed':
      tell(`${command} failed with the error "dispatch_failed"`);
      break;
    case 'acknowledged':
      showAcknowledgement(state, typed, acknowledgement.payload, tell);
      break;
  }
  return delivery;
}

function showAcknowledgement(
  state: State,
  { command, channel, user }: TypedCommand,
  payload: unknown,
  tell: (text: string) => void,
): void {
  if (Object.keys(asObject(payload) ?? {}).length === 0) return;
  try {
    respond(state, { channel: channel.id, user: user.id, message: null, thread: null }, payload);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    tell(`${command} failed with the error "${error.code}"`);
  }
}

function tellBySlackbot(state: State, { channel, user, thread }: TypedCommand, text: string): void {
  state.messages.post({
    text,
    blocks: [],
    attachments: [],
    channel: channel.id,
    thread,
    author: slackbot,
    visibleTo: user.id,
    files: [],
  });
}
