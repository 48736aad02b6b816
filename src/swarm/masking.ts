import { maskText } from './mask-text.ts';
import { isSecretFlag } from './secret-key.ts';
import { mask, maskValueOf } from './secret-value.ts';
import { ServiceSpec } from './service.ts';

export { maskText } from './mask-text.ts';

/** The environment of a container, every value masked: whether one is a secret, nobody but its reader knows. */
export function maskEnv(env: readonly string[]): string[] {
  return env.map(maskVariable);
}

/** An empty value is shown as such. What is neither a name nor `NAME=VALUE` is masked wholly. */
function maskVariable(variable: string): string {
  const [, name, value] = /^([^=\s]+)(?:=([^]*))?$/.exec(variable) ?? [];
  if (name === undefined) return mask;
  if (value === undefined) return name;
  return value === '' ? `${name}=` : `${name}=${mask}`;
}

/**
 * A command line's words, fit to be shown and written down: environment values masked, and the values of labels, options
 * and flags that look secret. As many words as before.
 */
export function maskCommand(words: readonly string[]): string[] {
  const masked = maskWords(words);
  return words.map((word, index) => (isScale(word, words[index - 1]) ? word : (masked[index] ?? mask)));
}

/** `passwords=3`, as in `service scale passwords=3`. */
function isScale(word: string, before: string | undefined): boolean {
  return /^[\w.][\w.-]*=\d{1,4}$/.test(word) && before?.startsWith('-') !== true;
}

function maskWords(words: readonly string[]): string[] {
  return words.map((word, index) => {
    const before = words[index - 1] ?? '';
    if (assigningFlags.has(before)) return maskGiven(before, word);
    if (isSecretFlag(before) && !word.startsWith('-')) return maskValueOf(before, word);
    const [, start = '', value] = /^(-[el]|--[^=\s]+=)([^]+)$/.exec(word) ?? [];
    return value === undefined ? maskAssigned(word) : `${start}${maskGiven(start.replace(/=$/, ''), value)}`;
  });
}

/** Flags of the docker CLI that are given `KEY=VALUE`. */
const assigningFlags: ReadonlyMap<string, (assignment: string) => string> = new Map([
  ['-e', maskVariable],
  ['--env', maskVariable],
  ['--env-add', maskVariable],
  ['-l', maskAssigned],
  ['--label', maskAssigned],
  ['--label-add', maskAssigned],
  ['--container-label', maskAssigned],
  ['--container-label-add', maskAssigned],
  ['--log-opt', maskAssigned],
]);

/** What a flag is given. A shell's `-e` is not the docker CLI's. */
function maskGiven(flag: string, value: string): string {
  if (isSecretFlag(flag)) return maskValueOf(flag, value);
  const maskAssignment = value.includes('=') ? assigningFlags.get(flag) : undefined;
  return (maskAssignment ?? maskAssigned)(value);
}

/** `KEY=VALUE`, the value masked to its end if the key looks secret; or any other text. */
function maskAssigned(assignment: string): string {
  const at = assignment.indexOf('=');
  if (at < 0) return maskText(assignment);
  const key = assignment.slice(0, at);
  return `${key}=${maskText(maskValueOf(key, assignment.slice(at + 1)))}`;
}

/**
 * A copy of a spec to be shown. Environment values are masked, and whatever looks like a secret in labels, options,
 * commands, arguments, health checks and every other text; names and numbers stay. Never to be written back.
 */
export function maskServiceSpec(spec: ServiceSpec): ServiceSpec {
  return { ...ServiceSpec.parse(maskField(spec, '')), Name: spec.Name };
}

/** Maps in which keys are the users' own; elsewhere they are the Engine API's, and `SecretID` is no secret. */
const usersMaps = new Set(['Labels', 'Options', 'DriverOpts']);
const commandLines = new Set(['Command', 'Args', 'Test']);

function maskField(field: unknown, name: string): unknown {
  if (typeof field === 'string') return maskText(field);
  if (Array.isArray(field)) {
    const words = field.filter((each) => typeof each === 'string');
    const items: readonly unknown[] = field;
    if (words.length < items.length) return items.map((each) => maskField(each, name));
    if (name === 'Env') return maskEnv(words);
    return commandLines.has(name) ? maskWords(words) : words.map(maskText);
  }
  if (typeof field !== 'object' || field === null) return field;
  return Object.fromEntries(
    Object.entries(field).map(([key, value]: [string, unknown]) => [
      key,
      usersMaps.has(name) && typeof value === 'string'
        ? maskText(maskValueOf(key, value))
        : maskField(value, key),
    ]),
  );
}
