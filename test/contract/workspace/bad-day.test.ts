import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import type { Workspace } from '../../../src/sandbox/slack/workspace.ts';
import { bareServer, bareSocket } from './bare-apps.ts';
import { connected, populated, transports } from './bolt-app.ts';

const deploys = 'C0DEPLOYS';

describe.each(transports)('on a bad day, over %s', (transport) => {
  it('a command that isn’t acknowledged in time is told to the asker as failed', async () => {
    await using slack = await connected(
      transport,
      (app) => {
        app.command('/swarm', () => new Promise(() => undefined));
      },
      { acknowledgeWithinMs: 200 },
    );
    const { workspace } = slack;

    const delivery = await workspace.as('U0ALICE').command(deploys, '/swarm', 'ls');

    expect(delivery?.acknowledgement).toEqual({ kind: 'timed out' });
    expect(workspace.ephemerals('U0ALICE', deploys)).toMatchObject([
      { author: 'USLACKBOT', text: '/swarm failed with the error "operation_timeout"' },
    ]);
  });

  it('a command is delivered once more on demand, the same to the letter', async () => {
    const triggers: string[] = [];
    await using slack = await connected(transport, (app) => {
      app.command('/swarm', async ({ ack, body }) => {
        triggers.push(body.trigger_id);
        await ack();
      });
    });
    const { workspace } = slack;
    const delivery = await workspace.as('U0ALICE').command(deploys, '/swarm', 'ls');
    if (delivery === null) throw new Error('nothing was delivered');
    await workspace.faults.redeliver(delivery, { attempt: 1, reason: 'timeout' });

    expect(triggers).toHaveLength(2);
    expect(triggers[1]).toBe(triggers[0]);
  });
});

describe('Socket Mode on a bad day', () => {
  it.each(['warning', 'refresh_requested'] as const)(
    'an app told to disconnect (%s) comes back',
    async (reason) => {
      await using slack = await connected('socket', (app) => {
        app.command('/swarm', async ({ ack }) => ack('here'));
      });
      const { workspace } = slack;

      workspace.faults.disconnectAll(reason);
      await workspace.waitFor(() => workspace.connections === 0);
      await workspace.waitFor(() => workspace.connections === 1);
      await workspace.as('U0ALICE').command(deploys, '/swarm', 'ls');

      expect(workspace.ephemerals('U0ALICE', deploys)).toMatchObject([{ text: 'here' }]);
    },
  );

  it('connections are closed every so often, on demand', async () => {
    await using workspace = await populated('socket');
    await using connections = new AsyncDisposableStack();
    connections.use(await bareSocket(workspace, () => true));

    workspace.faults.closeEvery(20);
    await workspace.waitFor(() => workspace.connections === 0);
    connections.use(await bareSocket(workspace, () => true));
    await workspace.waitFor(() => workspace.connections === 0);

    workspace.faults.closeEvery(null);
    connections.use(await bareSocket(workspace, () => true));
    expect(workspace.connections).toBe(1);
  });

  it('an app that is cut off comes back', async () => {
    await using slack = await connected('socket', (app) => {
      app.command('/swarm', async ({ ack }) => ack('here'));
    });
    const { workspace } = slack;

    workspace.faults.cutAll();
    await workspace.waitFor(() => workspace.connections === 0);
    await workspace.waitFor(() => workspace.connections === 1);
    await workspace.as('U0ALICE').command(deploys, '/swarm', 'ls');

    expect(workspace.calls.filter(({ method }) => method === 'apps.connections.open')).toHaveLength(2);
  });

  it('a connection is turned away, as often as told', async () => {
    await using workspace = await populated('socket');
    workspace.faults.refuseConnections(1);
    await expect(bareSocket(workspace, () => true)).rejects.toThrow('turned away');
    await using connections = new AsyncDisposableStack();
    connections.use(await bareSocket(workspace, () => true));
    expect(workspace.connections).toBe(1);
  });

  it('an event that isn’t acknowledged is delivered again, until it is', async () => {
    const retries: unknown[] = [];
    await using workspace = await populated('socket', {
      acknowledgeWithinMs: 50,
      redeliverAfterMs: [0, 10, 10],
    });
    await using connections = new AsyncDisposableStack();
    connections.use(
      await bareSocket(workspace, (envelope) => {
        retries.push([envelope['retry_attempt'], envelope['retry_reason']]);
        return retries.length > 2;
      }),
    );

    workspace.as('U0ALICE').mention(deploys, 'ls');
    await workspace.waitFor(() => workspace.deliveries.length === 3);

    expect(retries).toEqual([
      [0, ''],
      [1, 'timeout'],
      [2, 'timeout'],
    ]);
    expect(new Set(workspace.deliveries.map(({ payload }) => payload['event_id'])).size).toBe(1);
    expect(workspace.deliveries.at(-1)?.acknowledgement.kind).toBe('acknowledged');
  });

  it('a command that no connection can take is told to the asker as failed', async () => {
    await using workspace = await populated('socket');
    const delivery = await workspace.as('U0ALICE').command(deploys, '/swarm', 'ls');
    expect(delivery?.acknowledgement).toEqual({ kind: 'failed', reason: 'no connection' });
    expect(workspace.ephemerals('U0ALICE', deploys)).toMatchObject([
      { text: '/swarm failed with the error "dispatch_failed"' },
    ]);
  });

  it('each payload reaches one of several connections', async () => {
    const heard: string[] = [];
    await using workspace = await populated('socket');
    await using connections = new AsyncDisposableStack();
    connections.use(await bareSocket(workspace, () => heard.push('first') > 0));
    connections.use(await bareSocket(workspace, () => heard.push('second') > 0));

    const alice = workspace.as('U0ALICE');
    for (const text of ['one', 'two', 'three', 'four']) await alice.command(deploys, '/swarm', text);

    expect(heard.toSorted()).toEqual(['first', 'first', 'second', 'second']);
  });
});

describe('signed HTTP on a bad day', () => {
  it('an event that is answered with an error is delivered again, with the reason, until it isn’t', async () => {
    const retries: unknown[] = [];
    await using workspace = await populated('http', { redeliverAfterMs: [0, 10, 10] });
    await using app = await bareServer((request, { challenge }) => {
      if (challenge !== undefined) return 200;
      retries.push([request.headers['x-slack-retry-num'], request.headers['x-slack-retry-reason']]);
      return retries.length > 2 ? 200 : 500;
    });
    await workspace.register(app.url);

    workspace.as('U0ALICE').mention(deploys, 'ls');
    await workspace.waitFor(() => workspace.deliveries.length === 3);

    expect(retries).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_error'],
    ]);
  });

  it('an address that doesn’t give the challenge back is not taken', async () => {
    await using workspace = await populated('http');
    await using app = await bareServer(() => 401);
    await expect(workspace.register(app.url)).rejects.toThrow(
      "didn't answer with the challenge, but with 401",
    );
    expect((await workspace.as('U0ALICE').command(deploys, '/swarm', 'ls'))?.acknowledgement).toEqual({
      kind: 'failed',
      reason: 'no address',
    });
  });
});

describe('the Web API on a bad day', () => {
  it('answers 429 with the seconds to wait, as often as told', async () => {
    await using workspace = await populated('socket');
    workspace.faults.rateLimit('chat.postMessage', { retryAfter: 7, times: 1 });
    const response = await post(workspace);

    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect((await post(workspace)).status).toBe(200);
  });

  it('answers 500 without JSON to every method, until that is over', async () => {
    await using workspace = await populated('socket');
    workspace.faults.fail('*', { status: 500 });
    const response = await post(workspace);
    expect(response.status).toBe(500);
    expect(response.headers.get('content-type')).toContain('html');

    workspace.faults.clear();
    expect((await post(workspace)).status).toBe(200);
    expect(workspace.messages(deploys)).toHaveLength(1);
  });

  it('refuses with any of Slack’s codes', async () => {
    await using workspace = await populated('socket');
    workspace.faults.refuse('chat.update', { error: 'edit_window_closed', times: 1 });
    const client = new WebClient(workspace.credentials.botToken, { slackApiUrl: workspace.apiUrl });
    const { ts = '' } = await client.chat.postMessage({ channel: deploys, text: 'x' });

    await expect(client.chat.update({ channel: deploys, ts, text: 'y' })).rejects.toThrow(
      'edit_window_closed',
    );
    await client.chat.update({ channel: deploys, ts, text: 'y' });
    expect(workspace.messages(deploys)).toMatchObject([{ text: 'y' }]);
  });

  it('answers late', async () => {
    await using workspace = await populated('socket');
    workspace.faults.slow('chat.postMessage', { ms: 300, times: 1 });
    await expect(post(workspace, AbortSignal.timeout(100))).rejects.toThrow('timeout');
  });

  it('holds a call back until it may go on, to whatever there is by then', async () => {
    await using workspace = await populated('socket');
    const hold = workspace.faults.hold('chat.postMessage', { only: { channel: deploys } });
    const held = post(workspace);
    await hold.reached;
    expect(workspace.messages(deploys)).toEqual([]);
    workspace.faults.fail('chat.postMessage', { status: 500, times: 1 });
    hold.release();
    expect((await held).status).toBe(500);
    expect((await post(workspace)).status).toBe(200);
  });

  it('does not carry out for nobody what it held back', async () => {
    await using workspace = await populated('socket');
    const hold = workspace.faults.hold('chat.postMessage');
    await expect(post(workspace, AbortSignal.timeout(100))).rejects.toThrow('timeout');
    // What comes later is answered: so the workspace knows by now who hung up.
    await fetch(`${workspace.apiUrl}auth.test`, { method: 'POST' });
    hold.release();
    expect((await post(workspace)).status).toBe(200);
    expect(workspace.messages(deploys)).toHaveLength(1);
  });

  it('strikes only the calls with the arguments that are named', async () => {
    await using workspace = await populated('socket');
    workspace.faults.fail('chat.postMessage', { status: 500, only: { channel: 'C0ELSEWHERE' } });
    expect((await post(workspace)).status).toBe(200);
    workspace.faults.fail('chat.postMessage', { status: 500, only: { channel: deploys } });
    expect((await post(workspace)).status).toBe(500);
  });

  it('carries a call out and loses the answer', async () => {
    await using workspace = await populated('socket');
    workspace.faults.lose('chat.postMessage', { times: 1 });
    await expect(post(workspace)).rejects.toThrow('fetch failed');
    expect(workspace.messages(deploys)).toHaveLength(1);
  });
});

function post({ apiUrl, credentials }: Workspace, signal?: AbortSignal): Promise<Response> {
  return fetch(`${apiUrl}chat.postMessage`, {
    method: 'POST',
    body: new URLSearchParams({ channel: deploys, text: 'x', token: credentials.botToken }),
    ...(signal === undefined ? {} : { signal }),
  });
}
