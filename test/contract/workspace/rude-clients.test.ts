import { once } from 'node:events';
import http from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startWorkspace, type Workspace } from '../../../src/sandbox/slack/workspace.ts';
import { asForm } from './raw-call.ts';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await startWorkspace({ delivery: { kind: 'socket' } });
});
afterEach(async () => {
  await workspace[Symbol.asyncDispose]();
});

async function stillAnswers(): Promise<void> {
  expect(await asForm(workspace, 'auth.test', {})).toMatchObject({ ok: true });
}

it('closes a socket whose app sends what is no JSON, and goes on', async () => {
  const { url } = await asForm(workspace, 'apps.connections.open', {}, workspace.credentials.appToken);
  const socket = new WebSocket(String(url));
  await once(socket, 'open');
  socket.send('hello?');
  const { promise: code, resolve } = Promise.withResolvers<number>();
  socket.once('close', resolve);
  expect(await code).toBe(1007);
  await stillAnswers();
});

it.each(['//', '/link/?ticket=nope'])(
  'turns away an upgrade of %s, and goes on when its client is gone',
  async (path) => {
    const { hostname, port } = new URL(workspace.apiUrl);
    const client = connect(Number(port), hostname);
    await once(client, 'connect');
    client.write(
      `GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    const { promise: answer, resolve } = Promise.withResolvers<string>();
    client.setEncoding('utf8').once('data', resolve);
    expect(await answer).toContain('503 Service Unavailable');
    client.resetAndDestroy();
    await stillAnswers();
  },
);

it('answers a path that is no URL, and goes on', async () => {
  const { hostname, port } = new URL(workspace.apiUrl);
  const request = http.get({ hostname, port, path: '//' });
  const { promise, resolve } = Promise.withResolvers<http.IncomingMessage>();
  request.once('response', resolve);
  const response = await promise;
  response.resume();
  expect(response.statusCode).toBeGreaterThanOrEqual(400);
  await stillAnswers();
});
