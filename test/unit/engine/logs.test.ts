import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Engine, LogQuery } from '../../../src/engine/engine.ts';
import type { LogEntry } from '../../../src/swarm/log-entry.ts';
import { engineServer, failureOf, json, prod, shortLimits } from './engine-server.ts';

const details =
  'com.docker.swarm.node.id=n1,com.docker.swarm.service.id=s1,com.docker.swarm.task.id=t1,label%3Dodd=a+b%2C';
const at = '2026-01-01T00:00:00.123456789Z';

function frame(stream: number, text: string): Buffer {
  const body = Buffer.from(text);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

function line(text: string, stream = 1): Buffer {
  return frame(stream, `${at} ${details} ${text}`);
}

function query(more: Partial<LogQuery> = {}): LogQuery {
  return { of: 'service', id: 'web', tail: 'all', follow: false, within: 5_000, ...more };
}

async function entriesOf(
  engine: Engine,
  asked = query(),
  signal?: AbortSignal,
): Promise<readonly LogEntry[]> {
  const entries: LogEntry[] = [];
  for await (const entry of engine.logs(asked, signal === undefined ? {} : { signal })) entries.push(entry);
  return entries;
}

/** What is read of a body that comes in these chunks. */
async function readBack(...chunks: readonly Uint8Array[]): Promise<readonly LogEntry[]> {
  await using server = await engineServer(async (_request, response) => {
    for (const chunk of chunks) await written(response, chunk);
    response.end();
  });
  await using cluster = prod(server.host);
  return await entriesOf(cluster.engine);
}

/** Each write is an HTTP chunk of its own, and comes alone when the loop has turned. */
async function written(response: ServerResponse, chunk: Uint8Array): Promise<void> {
  await new Promise<void>((resolve) => {
    response.write(chunk, () => setImmediate(resolve));
  });
}

function texts(entries: readonly LogEntry[]): readonly string[] {
  return entries.map(({ text }) => text);
}

const given = {
  kind: 'line',
  stream: 'stdout',
  time: at,
  node: 'n1',
  task: 't1',
  text: 'ready',
  cut: false,
} as const;

describe('logs', () => {
  it('are asked for with times and details, from the moment that is wanted', async () => {
    await using server = await engineServer((_request, response) => void response.end());
    await using cluster = prod(server.host);
    await entriesOf(cluster.engine, query({ id: 'a?b', tail: 7, since: 1_500, follow: true }));
    await entriesOf(cluster.engine, query({ of: 'task', id: 't1' }));
    const asked = 'stdout=true&stderr=true&timestamps=true&details=true';
    expect(server.received.map(({ url }) => url)).toEqual([
      `/v1.51/services/a%3Fb/logs?${asked}&tail=7&follow=true&since=1.500`,
      `/v1.51/tasks/t1/logs?${asked}&tail=all`,
    ]);
  });

  it('are lines that say who wrote them and when, and the engine’s own words', async () => {
    const entries = await readBack(
      Buffer.concat([line('ready\n'), line('no database\n', 2), frame(3, 'Error grabbing logs: gone\n')]),
    );
    expect(entries).toEqual([
      given,
      { ...given, stream: 'stderr', text: 'no database' },
      { kind: 'gap', text: 'Error grabbing logs: gone' },
    ]);
  });

  it('are the same wherever the borders of chunks lie', async () => {
    const body = Buffer.concat([line('grüße 🚢\n'), line('\n', 2), line('last\n')]);
    const whole = await readBack(body);
    expect(texts(whole)).toEqual(['grüße 🚢', '', 'last']);
    expect(await readBack(...[...body].map((byte) => Buffer.from([byte])))).toEqual(whole);
    for (let border = 1; border < body.length; border += 7) {
      expect(await readBack(body.subarray(0, border), body.subarray(border))).toEqual(whole);
    }
  });

  it('of services with a terminal are lines without frames', async () => {
    const raw = Buffer.from(`${at} ${details} one\r\n${at} ${details} zwei 🚢\r\n`);
    for (const border of [1, 30, 200, raw.length - 3]) {
      const entries = await readBack(raw.subarray(0, border), raw.subarray(border));
      expect(entries).toEqual([
        { ...given, text: 'one' },
        { ...given, text: 'zwei 🚢' },
      ]);
    }
  });

  it('have their long lines cut, however the daemon splits them', async () => {
    const entries = await readBack(
      Buffer.concat([line('x'.repeat(16_384)), line('y'.repeat(16_384)), line('z\n'), line('next\n')]),
      line(`${'x'.repeat(1_000_000)}\n`),
    );
    expect(entries.map((entry) => [entry.text.length, entry.kind === 'line' && entry.cut])).toEqual([
      [16_384, true],
      [4, false],
      [16_384, true],
    ]);
  });

  it('keep lines whose prefix is not as expected', async () => {
    const entries = await readBack(frame(1, 'no prefix at all\n'), frame(1, '\n'));
    expect(entries).toEqual([
      { ...given, time: '', node: '', task: '', text: 'no prefix at all' },
      { ...given, time: '', node: '', task: '', text: '' },
    ]);
  });

  it('that are something else are told as garbled', async () => {
    const failure = await failureOf(readBack(line('fine\n'), Buffer.from([9, 9, 9, 9, 9, 9, 9, 9])));
    expect(failure).toMatchObject({ reason: 'garbled' });
  });

  it('of nobody are not found', async () => {
    await using server = await engineServer(json({ message: 'service web not found' }, 404));
    await using cluster = prod(server.host);
    expect(await failureOf(entriesOf(cluster.engine))).toMatchObject({
      reason: 'not-found',
      message: 'There is no service "web" in prod.',
    });
  });

  it('that never end, end at their deadline, with what came', async () => {
    await using server = await engineServer((_request, response) => void response.write(line('ready\n')));
    await using cluster = prod(server.host);
    const came: LogEntry[] = [];
    const reading = (async () => {
      for await (const entry of cluster.engine.logs(query({ within: 200 }))) came.push(entry);
    })();
    expect(await failureOf(reading)).toMatchObject({ reason: 'timed-out' });
    expect(texts(came)).toEqual(['ready']);
    await expect.poll(server.open).toBeLessThan(2);
  });

  it('of an engine that is silent end when a call would, however long they may be followed', async () => {
    await using server = await engineServer(() => {});
    await using cluster = prod(server.host, shortLimits);
    const failure = await failureOf(entriesOf(cluster.engine, query({ follow: true, within: 60_000 })));
    expect(failure).toMatchObject({ reason: 'timed-out' });
  });

  it('outlive the time that a call has', async () => {
    await using server = await engineServer(async (_request, response) => {
      await written(response, line('early\n'));
      setTimeout(() => response.end(line('late\n')), shortLimits.readTimeout + 100);
    });
    await using cluster = prod(server.host, shortLimits);
    expect(texts(await entriesOf(cluster.engine))).toEqual(['early', 'late']);
  });

  it('can be called off', async () => {
    await using server = await engineServer((_request, response) => void response.write(line('ready\n')));
    await using cluster = prod(server.host);
    const stop = new AbortController();
    const reading = (async () => {
      for await (const _entry of cluster.engine.logs(query(), { signal: stop.signal })) stop.abort();
    })();
    expect(await failureOf(reading)).toMatchObject({ reason: 'aborted' });
  });

  it('close their connection when nobody reads on', async () => {
    await using server = await engineServer((_request, response) => {
      response.write(Buffer.concat([line('one\n'), line('two\n')]));
    });
    await using cluster = prod(server.host);
    for await (const _entry of cluster.engine.logs(query())) break;
    await expect.poll(server.open).toBeLessThan(2);
  });

  it('that are cut off say so', async () => {
    await using server = await engineServer(async (_request, response) => {
      await written(response, line('ready\n'));
      response.destroy();
    });
    await using cluster = prod(server.host);
    expect(await failureOf(entriesOf(cluster.engine))).toMatchObject({ reason: 'unreachable' });
  });

  it('are sent no faster than they are read', async () => {
    let sent = 0;
    const chunk = Buffer.concat(Array.from({ length: 300 }, () => line(`${'x'.repeat(100)}\n`)));
    await using server = await engineServer(async (_request, response) => {
      response.on('error', () => {});
      while (!response.destroyed) {
        sent += chunk.length;
        if (response.write(chunk)) continue;
        await new Promise((resolve) => response.once('drain', resolve));
      }
    });
    await using cluster = prod(server.host);
    let read = 0;
    for await (const _entry of cluster.engine.logs(query())) {
      read += 1;
      if (read === 10) await new Promise((resolve) => setTimeout(resolve, 200));
      if (read === 5_000) break;
    }
    // What sockets and streams hold between the two is far below what was left unread.
    expect(sent).toBeLessThan(8 * 1024 * 1024);
  });
});
