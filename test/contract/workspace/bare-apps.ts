import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { asObject, asText, parseJson, type Json } from '../../../src/sandbox/slack/json.ts';
import { listen } from '../../../src/sandbox/slack/server.ts';
import type { Workspace } from '../../../src/sandbox/slack/workspace.ts';
import { jsonOf } from './raw-call.ts';

/** A bare Socket Mode connection. @param heard says whether the envelope is acknowledged. */
export async function bareSocket({ apiUrl, credentials }: Workspace, heard: (envelope: Json) => boolean) {
  const body = new URLSearchParams({ token: credentials.appToken });
  const { url } = await jsonOf(await fetch(`${apiUrl}apps.connections.open`, { method: 'POST', body }));
  const socket = new WebSocket(asText(url) ?? '');
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.addEventListener('error', () => reject(new Error('turned away')));
  socket.addEventListener('message', ({ data }) => {
    const envelope = asObject(parseJson(String(data))) ?? {};
    if (envelope['type'] === 'hello') resolve();
    else if (heard(envelope)) socket.send(JSON.stringify({ envelope_id: envelope['envelope_id'] }));
  });
  await promise;
  return {
    async [Symbol.asyncDispose]() {
      if (socket.readyState === WebSocket.CLOSED) return;
      const closed = new Promise((done) => {
        socket.addEventListener('close', done);
      });
      socket.close();
      await closed;
    },
  };
}

/** A bare server in an app's place. @param answer gives the status; a challenge is given back with a 200. */
export async function bareServer(answer: (request: IncomingMessage, body: Json) => number) {
  const server = createServer((request, response) => {
    text(request)
      .then((given) => {
        const body = asObject(parseJson(given)) ?? {};
        const status = answer(request, body);
        response.writeHead(status);
        return response.end(status === 200 ? asText(body['challenge']) : '');
      })
      .catch(() => response.destroy());
  });
  const port = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => {
        server.close(done);
      });
    },
  };
}
