import { quoted } from './quoted.ts';

export const dockerHostPattern = '^(unix:///|tcp://|ssh://).+';

/** What is wrong with an engine's address, in the form of DOCKER_HOST, or undefined. */
export function dockerHostMistake(found: string): string | undefined {
  const expected = 'expected unix:///PATH, tcp://HOST:PORT or ssh://USER@HOST';
  if (found.startsWith('unix://')) {
    return /^unix:\/\/\/./.test(found) ? undefined : `${quoted(found)} has no absolute path; ${expected}`;
  }
  if (/^https?:\/\//.test(found)) {
    return `${quoted(found)}: write tcp:// here, and certPath for TLS; ${expected}`;
  }
  if (!/^(?:tcp|ssh):\/\//.test(found) || !URL.canParse(found)) {
    return `${quoted(found)} is not an engine's address; ${expected}`;
  }
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(found);
  if (hostname === '') return `${quoted(found)} names no host; ${expected}`;
  if (password !== '')
    return `the address holds a password; ssh logs in with keys, tcp with certPath; ${expected}`;
  if (!isEncoded(username)) return `${quoted(found)}: a % in the user's name is written %25; ${expected}`;
  if (protocol === 'tcp:' && username !== '') return `${quoted(found)}: tcp knows no user; ${expected}`;
  if (!['', '/'].includes(pathname) || search !== '' || hash !== '') {
    return `${quoted(found)} has something after the host and the port; ${expected}`;
  }
  return undefined;
}

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
