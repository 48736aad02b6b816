import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Bundle } from '../../../src/sandbox/page/bundle.ts';
import { FromServer, type Deed, type Result } from '../../../src/sandbox/page/protocol.ts';
import { servePage, type Page } from '../../../src/sandbox/page/serve-page.ts';
import { populate } from '../../../src/sandbox/sample-workspace.ts';
import { startWorkspace, type Workspace } from '../../../src/sandbox/slack/workspace.ts';

const bundle: Bundle = new Map([['/', { content: '<p>page</p>', type: 'text/html', isLasting: false }]]);

let workspace: Workspace;
let page: Page;

beforeAll(async () => {
  workspace = await startWorkspace({ delivery: { kind: 'socket' } });
  populate(workspace);
  page = await servePage(workspace, { bundle });
});
afterAll(async () => {
  await page[Symbol.asyncDispose]();
  await workspace[Symbol.asyncDispose]();
});

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(new URL(path, page.address), { headers }, resolve).on('error', reject).end();
  });
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

/** @returns null when it was turned away. */
async function open(headers: Record<string, string>): Promise<WebSocket | null> {
  const socket = new WebSocket(new URL('/live', page.address.replace('http', 'ws')), { headers });
  return once(socket, 'open').then(
    () => socket,
    () => null,
  );
}

/** What comes of something that somebody does on the page. */
async function resultOf(deed: Deed): Promise<Result> {
  const socket = await open(origin());
  const { promise, resolve } = Promise.withResolvers<Result>();
  socket?.on('message', (data: Buffer) => {
    const told = FromServer.parse(JSON.parse(data.toString()));
    if (told.kind === 'result') resolve(told.result);
  });
  socket?.send(JSON.stringify({ request: 1, deed }));
  const result = await promise;
  socket?.close();
  return result;
}

const origin = () => ({ origin: page.address.replace(/\/$/, '') });

describe('the page’s server', () => {
  it('serves the page, which may load nothing but itself', async () => {
    const answer = await get('/');
    expect(answer.body).toBe('<p>page</p>');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect((await get('/nowhere')).status).toBe(404);
  });

  it.each(['evil.example', 'evil.example:7788', '10.0.0.1'])(
    'turns away whoever calls this machine “%s”',
    async (host) => {
      expect((await get('/', { host })).status).toBe(403);
      expect(await open({ ...origin(), host })).toBe(null);
    },
  );

  it.each([{ origin: 'http://evil.example' }, { origin: 'http://127.0.0.1:1' }, { origin: 'null' }, {}])(
    'turns away a WebSocket that another page opened: %j',
    async (headers) => {
      expect(await open(headers)).toBe(null);
    },
  );

  it('also goes by the name of localhost', async () => {
    const { port } = new URL(page.address);
    const host = `localhost:${port}`;
    expect((await get('/', { host })).status).toBe(200);
    const socket = await open({ host, origin: `http://${host}` });
    expect(socket).not.toBe(null);
    socket?.close();
  });

  it('hangs up on what isn’t in the protocol', async () => {
    const socket = await open(origin());
    socket?.send('{"request":1,"deed":{"kind":"rule the world"}}');
    const { promise, resolve } = Promise.withResolvers<number>();
    socket?.once('close', resolve);
    expect(await promise).toBe(1007);
  });

  it.each<[string, Deed, Result]>([
    [
      'somebody who isn’t there',
      { kind: 'send', user: 'U0NOBODY', channel: 'C0DEPLOYS', thread: null, text: 'hi' },
      { kind: 'trouble', reason: 'There is no such user.' },
    ],
    [
      'a channel that one isn’t in',
      { kind: 'send', user: 'U0ALICE', channel: 'C0NOWHERE', thread: null, text: 'hi' },
      { kind: 'trouble', reason: 'You aren’t in that channel.' },
    ],
    [
      'a form that isn’t open',
      { kind: 'submit', user: 'U0ALICE', view: 'V0NOWHERE', given: {} },
      { kind: 'trouble', reason: 'That form isn’t open any more.' },
    ],
    [
      'a message that isn’t there',
      {
        kind: 'press',
        user: 'U0ALICE',
        place: { kind: 'message', channel: 'C0DEPLOYS', ts: '1' },
        block: 'b',
        action: 'a',
        given: {},
      },
      { kind: 'trouble', reason: 'What you pressed isn’t there any more.' },
    ],
    [
      'a scenario where there are none',
      { kind: 'scenario', name: 'port-conflict' },
      { kind: 'trouble', reason: 'There is no scenario port-conflict here.' },
    ],
  ])('says that it can’t be done: %s', async (_, deed, result) => {
    expect(await resultOf(deed)).toEqual(result);
  });

  it('lets nobody press what only somebody else sees', async () => {
    await workspace.as('U0BOB').command('C0DEPLOYS', '/nothing', '');
    const [whispered] = workspace.ephemerals('U0BOB', 'C0DEPLOYS');
    const place = { kind: 'message', channel: 'C0DEPLOYS', ts: whispered?.ts ?? '' } as const;
    const press = { kind: 'press', place, block: 'b', action: 'a', given: {} } as const;
    const reason = 'There is no a to press or fill in; there is: nothing.';
    expect(await resultOf({ ...press, user: 'U0BOB' })).toEqual({ kind: 'trouble', reason });
    const gone = { kind: 'trouble', reason: 'What you pressed isn’t there any more.' };
    expect(await resultOf({ ...press, user: 'U0ALICE' })).toEqual(gone);
  });
});
