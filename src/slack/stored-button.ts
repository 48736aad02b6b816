import { z } from 'zod';
import { Failure } from '../swarm/failure.ts';

/** What a button stands for, as it is stored; the button itself carries only the id. */
export interface StoredButton {
  readonly id: string;
  /** The workspace that the app is installed in. */
  readonly team: string;
  readonly channel: string;
  /** The `ts` of the message that the button is in; null for an ephemeral one, and until it is known. */
  readonly message: string | null;
  /** The one person who sees the button, or null. */
  readonly user: string | null;
  readonly expiresAt: number;
  readonly content: string;
}

/** Where buttons are kept. Rejects with `Failure` of kind `unavailable`. */
export interface StoredButtons {
  put(buttons: readonly StoredButton[]): Promise<void>;
  bind(ids: readonly string[], message: string): Promise<void>;
  get(id: string, at: number): Promise<StoredButton | null>;
}

/** Buttons work for a day. Milliseconds. */
export const buttonLifetime = 24 * 3_600_000;

const words = z.array(z.string());
const content = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('command'),
    command: words,
    /** It changes something, so that it works once: whoever presses it next must look again first. */
    once: z.boolean(),
    /** What its dialog says will happen. */
    pin: z.string().exactOptional(),
  }),
  /** Another page of an answer: the same command, run anew. */
  z.object({ kind: z.literal('page'), command: z.union([z.string(), words]), page: z.int().min(0) }),
  /** Opens a form that asks for the value. */
  z.object({
    kind: z.literal('form'),
    command: words,
    form: z.object({
      title: z.string(),
      label: z.string(),
      initial: z.string(),
      submit: z.string(),
      number: z.object({ min: z.int(), max: z.int() }).exactOptional(),
    }),
  }),
  /** A form that is open: what becomes of its value. */
  z.object({
    kind: z.literal('value'),
    command: words,
    thread: z.string().nullable(),
    /** Where the answer goes, as long as Slack takes it there. */
    response: z
      .object({ url: z.string(), original: z.enum(['none', 'ephemeral', 'public']), since: z.number() })
      .nullable(),
  }),
]);
export type ButtonContent = z.infer<typeof content>;

/** Where a click came from, as Slack says. */
export interface Press {
  /** The workspace that the app is installed in. */
  readonly team: string;
  readonly user: string;
  readonly channel: string;
  readonly message: string;
  readonly isEphemeral: boolean;
}

/**
 * What the button that was pressed stands for.
 * @throws Failure `input` for one that is unknown or expired (null), and for one that belongs to another message,
 * channel, workspace or person.
 */
export function pressed(button: StoredButton | null, press: Press): ButtonContent {
  if (button === null) {
    throw new Failure('input', 'This button is older than a day. Type the command again.');
  }
  if (button.user === null && button.message === null && !press.isEphemeral) {
    throw new Failure('input', 'This button was not ready yet. Press it again.');
  }
  const isThere =
    button.user === null
      ? button.message === press.message && !press.isEphemeral
      : button.user === press.user && press.isEphemeral;
  if (!isThere || button.team !== press.team || button.channel !== press.channel) {
    throw new Failure('input', 'This button does not belong to this message. Type the command.');
  }
  return contentOf(button);
}

/**
 * What becomes of the value of a form that was submitted.
 * @throws Failure `input` as `pressed` does.
 */
export function submitted(
  button: StoredButton | null,
  by: Pick<Press, 'team' | 'user'>,
): { readonly channel: string; readonly content: Extract<ButtonContent, { kind: 'value' }> } {
  const content = button === null ? null : contentOf(button);
  if (button === null || content?.kind !== 'value') {
    throw new Failure('input', 'This form is older than a day. Type the command instead.');
  }
  if (button.team !== by.team || button.user !== by.user) {
    throw new Failure('input', 'This form was opened by somebody else. Type the command instead.');
  }
  return { channel: button.channel, content };
}

function contentOf(button: StoredButton): ButtonContent {
  return content.parse(JSON.parse(button.content));
}

/** The words of a command with the value in place of each `{}`. The value stays part of its word. */
export function withValue(command: readonly string[], value: string): readonly string[] {
  return command.map((word) => word.replaceAll('{}', () => value));
}
