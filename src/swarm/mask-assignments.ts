import { isPasswordKey, isSecretFlag, isSecretKey } from './secret-key.ts';
import { isHarmless, isSecretAfterColon, mask } from './secret-value.ts';

/**
 * Masks values in text that follow a key: `KEY=VALUE`, `key: value`, `"key":"value"`, `--key VALUE`. The values of keys
 * that look secret, and all that the docker CLI's `--env KEY=VALUE` and its kin give.
 */
export function maskAssignments(text: string): string {
  const keys = new RegExp(keyAndSeparator);
  let masked = '';
  let done = 0;
  let flag = '';
  for (let found = keys.exec(text); found !== null; found = keys.exec(text)) {
    const [, key = '', separator = ''] = found;
    const isVariable = environmentFlags.has(flag) && separator === '=';
    flag = key;
    const start = keys.lastIndex;
    // Before the value is read: reading it for every key would take time with the square of the text's length.
    if (!isVariable && !mayHaveSecret(key, separator, text.charAt(start))) continue;
    const value = valueAt(text, start, /["']/.test(separator) ? '' : text.charAt(found.index - 1));
    if (value === '' || !(isVariable || isSecret(key, separator, value))) continue;
    masked += text.slice(done, start) + maskedValue(value);
    done = start + value.length;
    keys.lastIndex = done;
  }
  return masked + text.slice(done);
}

/** A key and what parts it from its value, also behind a quote; or a flag and the space behind it. */
const keyAndSeparator = /(?<![\w.-])([\w.-]+)(\\?["']?[ \t]*(?:=|:(?!\/\/))[ \t]*|[ \t]+)/g;

/** Quoted, quoted inside of JSON that is itself quoted, a list, or up to the next space or quote. */
const valueInPlace =
  /(?:(?:Bearer|Basic|Token|Digest)[ \t]+)?(?:\\"[^"\\]*(?:(?:\\\\\\"|\\[^"])[^"\\]*)*(?:\\")?|"[^"\\]*(?:\\[^][^"\\]*)*"?|'[^']*'?|\[[^[\]]*\]?|[^\s"'`]+)/iy;

/** @param before the character before the key: a quote that is opened there ends the value. */
function valueAt(text: string, start: number, before: string): string {
  if (before === '"' || before === "'") {
    const end = text.indexOf(before, start);
    if (end > start) return text.slice(start, end).replace(/\\$/, '');
  }
  valueInPlace.lastIndex = start;
  return valueInPlace.exec(text)?.[0] ?? '';
}

/** Quotes stay, so that JSON stays JSON. */
function maskedValue(value: string): string {
  const [open = ''] = /^\\?["']/.exec(value) ?? [];
  const isClosed = value.length > open.length && value.endsWith(open);
  return `${open}${mask}${isClosed ? open : ''}`;
}

const environmentFlags = new Set(['--env', '--env-add', '-e']);

function mayHaveSecret(key: string, separator: string, first: string): boolean {
  const isFlag = key.startsWith('-');
  if (isFlag ? !isSecretFlag(key) : !isSecretKey(key)) return false;
  switch (kindOf(separator)) {
    case 'space':
      return isFlag && first !== '-';
    case '=':
      // A constraint: `node.labels.key==value`.
      return !(first === '=' && /^(?:node|engine)\./.test(key));
    case ':':
      // An image and its tag look the same: `token-service:1.2`. Inside of an object, each key is looked at on its own.
      return first !== '{' && (separator !== ':' || isPasswordKey(key));
  }
}

function isSecret(key: string, separator: string, value: string): boolean {
  if (isHarmless(key, value)) return false;
  const isProse = kindOf(separator) === ':' && separator.startsWith(':');
  return !isProse || isSecretAfterColon(key, value);
}

function kindOf(separator: string): '=' | ':' | 'space' {
  if (separator.includes('=')) return '=';
  return separator.includes(':') ? ':' : 'space';
}
