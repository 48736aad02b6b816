import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { odd } from '../unit/slack/odd-answers.ts';

/** An engine whose names, labels and errors are as bad as they may come; ids and what it does are another one's. */
export interface OddEngine extends AsyncDisposable {
  readonly dockerHost: string;
}

/** Fields of people's own words, or of other programs'. */
const spoiled = new Set(['Name', 'Hostname', 'Err', 'Message', 'Image', 'OperatingSystem']);

/** @param dockerHost the other engine: `tcp://127.0.0.1:PORT` */
export async function startOddEngine(dockerHost: string): Promise<OddEngine> {
  const { hostname, port } = new URL(dockerHost);
  async function pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method, url, headers } = incoming;
    const outgoing = request({ hostname, port, method, path: url, headers });
    incoming.pipe(outgoing);
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    outgoing.once('response', resolve).once('error', reject);
    const from = await promise;
    const isJson = from.headers['content-type']?.startsWith('application/json') === true;
    if (method !== 'GET' || !isJson || from.statusCode !== 200) {
      answer.writeHead(from.statusCode ?? 502, from.headers);
      from.pipe(answer);
      return;
    }
    const { 'content-length': _, ...rest } = from.headers;
    answer.writeHead(200, rest).end(JSON.stringify(spoil(JSON.parse(await text(from)))));
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
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function spoil(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return spoiled.has(key) ? spoiledText(value) : value;
  if (Array.isArray(value)) return value.map((each: unknown) => spoil(each, key));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, spoil(each, name)]));
  return key === 'Labels' ? { ...fields, ...oddLabels } : fields;
}

const oddLabels = Object.fromEntries(odd.map((label, index) => [label.slice(0, 255), odd.at(-index) ?? '']));

/** The same for the same text, and another one for another: 255 characters at most. */
function spoiledText(original: string): string {
  const sum = Buffer.from(original).reduce((total, byte) => total + byte, 0);
  return (odd[sum % odd.length] ?? '').slice(0, 255 - original.length) + original;
}
