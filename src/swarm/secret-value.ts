import { isCompoundKey, isPasswordKey, isSecretKey } from './secret-key.ts';

/** What stands in a secret's place; always as long, so that it tells nothing of the secret's length. */
export const mask = '••••';

/** A value of a key that looks secret, masked unless it is plainly none: `auth=true`, `TOKEN=/run/secrets/token`. */
export function maskValueOf(key: string, value: string): string {
  return isSecretKey(key) && !isHarmless(key, value) ? mask : value;
}

/** May the value of a key that looks secret be shown all the same? Quotes and brackets around it don't count. */
export function isHarmless(key: string, value: string): boolean {
  if (value.length > 200) return false;
  if (harmless.test(value)) return true;
  // Replicas of a service that is called auth; a limit of tokens.
  return /^["'\\]*\d{1,4}["'\\]*$/.test(value) && !isPasswordKey(key);
}

const harmless =
  /^["'\\]*(?:true|false|yes|no|on|off|enabled|disabled|null|none|value|•+|\/run\/secrets\/[^"']*)?["'\\]*[,;})\]]*$/i;

/** Does a colon after this key, and a space, introduce a secret? In prose it rarely does: `no such secret: web_tls`. */
export function isSecretAfterColon(key: string, value: string): boolean {
  return isPasswordKey(key) || isCompoundKey(key) || /^authorization$/i.test(key) || looksRandom(value);
}

export function looksRandom(text: string): boolean {
  return text.length >= 8 && /[A-Za-z]/.test(text) && (/\d/.test(text) || text.endsWith('='));
}
