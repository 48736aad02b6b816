import { maskAssignments } from './mask-assignments.ts';
import { looksRandom, mask } from './secret-value.ts';

/**
 * Text that may come from anywhere, with what looks like a secret masked: private keys, well-known kinds of tokens, the
 * user info of URLs, and the values of keys that look secret. Rather masks too much than too little, and leaves what is
 * masked already as it is. Takes time linear in the text's length: no pattern tries the same stretch from many starts.
 */
export function maskText(text: string): string {
  return maskAssignments(
    text
      .replaceAll(privateKey, `$1${mask}$2`)
      .replaceAll(knownTokens, mask)
      .replaceAll(joinToken, `SWMTKN-${mask}`)
      .replaceAll(slackHook, `$1${mask}`)
      .replaceAll(authorization, (whole: string, scheme: string, value: string) =>
        looksRandom(value) ? `${scheme} ${mask}` : whole,
      )
      .replaceAll(userInfo, `$1:${mask}@`)
      .replaceAll(userInfoWithSlash, `$1:${mask}@`)
      .replaceAll(userAlone, `$1${mask}@`),
  );
}

/** Until its end, or the text's when it was cut off. */
const privateKey =
  /(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----)[^]*?(-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$)/g;

const kinds = [
  // Slack: https://docs.slack.dev/authentication/tokens
  String.raw`xox[a-z](?:\.xox[a-z])?-[\w-]{6,}`,
  String.raw`xapp-[\w-]{6,}`,
  // AWS: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  String.raw`A(?:KI|SI|BI|CC)A[A-Z0-9]{16}(?![A-Za-z0-9])`,
  // GitHub: https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github
  String.raw`gh[a-z]_[A-Za-z0-9]{20,}`,
  String.raw`github_pat_\w{20,}`,
  // GitLab, Docker Hub, npm, Google, Stripe, Vault
  String.raw`glpat-[\w-]{16,}`,
  String.raw`dckr_[a-z]{2,4}_[\w-]{16,}`,
  String.raw`npm_[A-Za-z0-9]{30,}`,
  String.raw`AIza[\w-]{30,}`,
  String.raw`[srp]k_(?:live|test)_\w{10,}`,
  String.raw`hvs\.[\w-]{20,}`,
  // JSON Web Tokens, which begin with {"
  String.raw`(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?`,
];
const knownTokens = new RegExp(`(?<![A-Za-z0-9])(?:${kinds.join('|')})`, 'g');

const joinToken = /SWMTKN-[\w-]+/g;
const slackHook = /(hooks\.slack\.com\/(?:services|workflows|triggers)\/)[\w/-]+/g;
const authorization = /(?<!\w)(Bearer|Basic)\s+([\w.~+/=-]+)/gi;

/** `scheme://user:password@`, the password up to the last @ before the path. */
const userInfo = /(:\/\/[^\s/?#:"'<>]*):[^\s/?#"'<>]*@/g;
/** A password with a character that should have been encoded. `host:80/@scope` is none. */
const userInfoWithSlash = /(:\/\/[^\s/?#@:"'<>]*):(?!\d{1,5}[/?#,])[^\s@"'<>:]*(?::(?!\/\/)[^\s@"'<>:]*)*@/g;
/** A token as the user: `https://TOKEN@host`. The user of ssh:// is no secret. */
const userAlone = /(https?:\/\/)[^\s/?#@:"'<>]+@/gi;
