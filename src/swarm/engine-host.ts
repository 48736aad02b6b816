/** Where an engine listens. A port that isn't named is Docker's or ssh's own. */
export type EngineHost =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number | undefined }
  | {
      readonly kind: 'ssh';
      readonly host: string;
      readonly user: string | undefined;
      readonly port: number | undefined;
    };

/** The end of a sentence that begins with the address: `names no host; expected …`. It has nothing of the address in it. */
interface WrongHost {
  readonly kind: 'wrong';
  readonly mistake: string;
}

/** Reads an engine's address in the form of DOCKER_HOST: `tcp://10.0.0.5:2376`. */
export function parseEngineHost(text: string): EngineHost | WrongHost {
  if (text.startsWith('unix://')) {
    const path = text.slice('unix://'.length);
    return /^\/./.test(path) ? { kind: 'unix', path } : wrong('has no absolute path');
  }
  if (/^https?:\/\//.test(text)) return wrong('is HTTP: write tcp:// here, and certPath for TLS');
  const url = /^(?:tcp|ssh):\/\//.test(text) ? URL.parse(text) : null;
  if (url === null) return wrong("is not an engine's address");
  const { protocol, hostname, pathname, search, hash, password } = url;
  if (hostname === '') return wrong('names no host');
  // A password in a configuration file is a leak.
  if (password !== '') return wrong('holds a password; ssh logs in with keys, tcp with certPath');
  const user = decoded(url.username);
  if (user === undefined) return wrong("has a % in the user's name, which is written %25");
  if (protocol === 'tcp:' && user !== '') return wrong('names a user; tcp knows no user');
  if (!['', '/'].includes(pathname) || search !== '' || hash !== '') {
    return wrong('has something after the host and the port');
  }
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? undefined : Number(url.port);
  return protocol === 'tcp:'
    ? { kind: 'tcp', host, port }
    : { kind: 'ssh', host, user: user || undefined, port };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function wrong(mistake: string): WrongHost {
  return {
    kind: 'wrong',
    mistake: `${mistake}; expected unix:///PATH, tcp://HOST:PORT or ssh://USER@HOST`,
  };
}
