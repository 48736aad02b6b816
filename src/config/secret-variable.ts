import { quoted } from './quoted.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** Takes note of a mistake in a variable. */
export type Tell = (variable: string, message: string, example?: string) => void;

/** `wrong` was told already. */
export type Found =
  | { readonly kind: 'found'; readonly value: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'wrong' };

export type Secret = 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN' | 'SLACK_SIGNING_SECRET';

export interface SecretSource {
  readonly env: Variables;
  /** Gives the text of the file that a `…_FILE` variable names, or throws. */
  readonly readFile: (path: string) => string;
}

/** Reads a secret from its variable, or from the file that its `…_FILE` variable names. Its value is never told. */
export function secretVariable(name: Secret, { env, readFile }: SecretSource, tell: Tell): Found {
  const direct = env[name];
  const file = `${name}_FILE`;
  const path = env[file];
  if (!path) return direct ? checked(name, name, direct, tell) : { kind: 'absent' };
  if (direct) {
    tell(name, `${name} and ${file} are both set; expected one of them`);
    return { kind: 'wrong' };
  }
  let text: string;
  try {
    text = readFile(path);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'it may not be a file';
    tell(
      file,
      `the file ${quoted(path)} can't be read (${reason})`,
      `${file}=/run/secrets/${name.toLowerCase()}`,
    );
    return { kind: 'wrong' };
  }
  // Editors and `echo` end a file with a line break.
  return checked(name, file, text.replace(/[\r\n]+$/, ''), tell);
}

function checked(name: Secret, variable: string, value: string, tell: Tell): Found {
  const message = secretMistake(name, value);
  if (message === undefined) return { kind: 'found', value };
  tell(variable, message, examples[name]);
  return { kind: 'wrong' };
}

const examples: Readonly<Record<Secret, string>> = {
  SLACK_BOT_TOKEN: 'SLACK_BOT_TOKEN=xoxb-…',
  SLACK_APP_TOKEN: 'SLACK_APP_TOKEN=xapp-…',
  SLACK_SIGNING_SECRET: 'SLACK_SIGNING_SECRET=8f742231b10e8888abcd99yyyzzz85a5',
};

const prefixes: Readonly<Record<Secret, string>> = {
  SLACK_BOT_TOKEN: 'xoxb-',
  SLACK_APP_TOKEN: 'xapp-',
  SLACK_SIGNING_SECRET: '',
};

function secretMistake(name: Secret, value: string): string | undefined {
  if (value === '') return 'the file is empty; expected the secret';
  if (/^["']|["']$/.test(value)) return 'the value is in quotes, which are part of it here; leave them out';
  if (/\s/.test(value)) return 'the value has white space in it; expected none';
  if (value.startsWith('xoxb-') && name !== 'SLACK_BOT_TOKEN') {
    return 'this is a bot token (xoxb-…), which belongs in SLACK_BOT_TOKEN';
  }
  if (value.startsWith('xapp-') && name !== 'SLACK_APP_TOKEN') {
    return 'this is an app-level token (xapp-…), which belongs in SLACK_APP_TOKEN';
  }
  if (/^xox[a-z]/.test(value) && !value.startsWith('xoxb-')) {
    return 'this is a token of another kind: of a user, or one that expires';
  }
  return value.startsWith(prefixes[name]) ? undefined : `the value doesn't begin with ${prefixes[name]}`;
}
