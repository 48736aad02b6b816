import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** Stands between the bot and an engine, to hold exactly the call that a test is about. */
export interface EngineProxy extends AsyncDisposable {
  /** For a cluster's `host`. */
  readonly dockerHost: string;
  /**
   * Holds the calls of this kind about a service, `before` the engine gets them or `after` it answered, until `release`.
   * @returns resolves when the first of them is held.
   */
  hold(kind: CallKind, when: 'before' | 'after', service: ProxiedService): Promise<void>;
  /** Lets what is held go on, and holds nothing more. */
  release(): void;
}

/** A service, by whichever of its names a call has. */
interface ProxiedService {
  readonly id: string;
  readonly name: string;
}

/** `read` is of one service, `follow` of its tasks. */
type CallKind = 'read' | 'update' | 'follow';

const kinds: Readonly<Record<CallKind, (method: string, path: string) => boolean>> = {
  read: (method, path) => method === 'GET' && /\/services\/[^/?]+(\?|$)/.test(path),
  update: (method, path) => method === 'POST' && /\/services\/[^/]+\/update/.test(path),
  follow: (method, path) => method === 'GET' && /\/tasks\b/.test(path),
};

interface Gate {
  readonly kind: CallKind;
  readonly when: 'before' | 'after';
  readonly service: ProxiedService;
  readonly reached: () => void;
}

/** @param socket the path of the engine's API socket. */
export async function startEngineProxy(socket: string): Promise<EngineProxy> {
  let gates: Gate[] = [];
  let opening = Promise.withResolvers<void>();

  async function pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = incoming;
    const held = gates.find(({ kind, service }) => kinds[kind](method, url) && isAbout(url, service));
    if (held?.when === 'before') await reach(held);
    if (answer.destroyed) return;
    const outgoing = request({ socketPath: socket, method, path: url, headers });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.once('response', resolve).once('error', reject);
    });
    const [from] = await Promise.all([answered, pipeline(incoming, outgoing)]);
    if (held?.when === 'after') await reach(held);
    if (answer.destroyed) return;
    answer.writeHead(from.statusCode ?? 502, from.headers);
    await pipeline(from, answer);
  }

  async function reach({ reached }: Gate): Promise<void> {
    reached();
    await opening.promise;
  }

  const server = createServer((incoming, answer) => {
    pass(incoming, answer).catch(() => incoming.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    dockerHost: `tcp://127.0.0.1:${address.port}`,
    hold(kind, when, service) {
      const { promise, resolve: reached } = Promise.withResolvers<void>();
      gates.push({ kind, when, service, reached });
      return promise;
    },
    release() {
      gates = [];
      opening.resolve();
      opening = Promise.withResolvers();
    },
    async [Symbol.asyncDispose]() {
      opening.resolve();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function isAbout(url: string, { id, name }: ProxiedService): boolean {
  const asked = decodeURIComponent(url);
  return asked.includes(id) || asked.includes(name);
}
