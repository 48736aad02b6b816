/** Parts of a key that make its value a secret wherever they stand, also within a longer part: `PGPASSWORD`. */
const stems = [
  'password',
  'passwd',
  'passphrase',
  'secret',
  'token',
  'credential',
  'apikey',
  'accesskey',
  'privatekey',
  'signingkey',
  'encryptionkey',
];

/** The same, as a whole part only: `monkey` holds no key. */
const words = new Set(
  'pass pwd pw passcode key keys auth authorization basicauth cred creds dsn jwt bearer cookie cookies salt sig signature otp pin'.split(
    ' ',
  ),
);

const connectionString = /connection[_-]?string/i;

/** Most keys are no secret's, and found so at once. */
const hint = new RegExp([connectionString.source, ...stems, ...words].join('|'), 'i');

const innocent = new Set(['tokenizer', 'tokenize', 'secretary', 'passwordless', 'secretless']);

/** Last parts that tell of something about a secret and not the secret: `DB_PASSWORD_FILE`, `TOKEN_TTL`, `SecretName`. */
const about = new Set(
  (
    'file path dir folder name id ttl expiry expires age length count size limit rule rules entrypoints middlewares service ' +
    'host port url uri endpoint issuer type mode enabled required algorithm provider header method version'
  ).split(' '),
);

const passwordStem = /pass(?:word|wd|phrase|code)|^(?:pass|pwd|pw)$/;

/** Does a key, as in `KEY=VALUE` of an environment, a label or an option, look as if its value were a secret? */
export function isSecretKey(key: string): boolean {
  if (!hint.test(key)) return false;
  if (connectionString.test(key)) return true;
  const parts = keyParts(key);
  if (about.has(parts.at(-1) ?? '')) return false;
  return parts.some(
    (part) => words.has(part) || (!innocent.has(part) && stems.some((stem) => part.includes(stem))),
  );
}

/**
 * Does a flag, written with its dashes, take a secret? Those of the docker CLI that look so take a name, or nothing.
 */
export function isSecretFlag(flag: string): boolean {
  return /^--[^\s=]+$/.test(flag) && !plainFlags.has(flag) && isSecretKey(flag);
}

const plainFlags = new Set([
  '--with-registry-auth',
  '--secret',
  '--secret-add',
  '--secret-rm',
  '--credential-spec',
]);

/** Is it a password's, whatever it looks like? Others have telling values that are no secrets, such as `auth=3`. */
export function isPasswordKey(key: string): boolean {
  return isSecretKey(key) && keyParts(key).some((part) => passwordStem.test(part));
}

/** Is the key made of several words: `api_key` and not `key`? Prose has single words before a colon. */
export function isCompoundKey(key: string): boolean {
  return keyParts(key).length > 1;
}

/** `X-Api-Key`, `apiKey` and `API_KEY` have the same parts. */
function keyParts(key: string): readonly string[] {
  return key
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '');
}
