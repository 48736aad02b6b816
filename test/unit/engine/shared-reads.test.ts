import { describe, expect, it } from 'vitest';
import { sharedReads } from '../../../src/engine/shared-reads.ts';

/** A read that ends when it is told to. */
function pendingRead() {
  const result = Promise.withResolvers<string>();
  const signals: AbortSignal[] = [];
  const start = (signal: AbortSignal) => {
    signals.push(signal);
    return result.promise;
  };
  return { start, signals, end: result.resolve, fail: result.reject };
}

describe('sharedReads', () => {
  it('gives one read to all who ask for the same at the same time', async () => {
    const reads = sharedReads<string>();
    const read = pendingRead();
    const asked = [reads.ask('a', read.start), reads.ask('a', read.start), reads.ask('b', read.start)];
    read.end('list');
    expect(await Promise.all(asked)).toEqual(['list', 'list', 'list']);
    expect(read.signals).toHaveLength(2);
  });

  it('begins anew when the last one has ended, or failed', async () => {
    const reads = sharedReads<string>();
    const first = pendingRead();
    const asked = reads.ask('a', first.start);
    first.fail(new Error('gone'));
    await expect(asked).rejects.toThrow('gone');
    const second = pendingRead();
    second.end('fresh');
    expect(await reads.ask('a', second.start)).toBe('fresh');
  });

  it('rejects the asker who leaves, and nobody else', async () => {
    const reads = sharedReads<string>();
    const read = pendingRead();
    const leaver = new AbortController();
    const left = reads.ask('a', read.start, leaver.signal);
    const stayed = reads.ask('a', read.start);
    leaver.abort(new Error('bye'));
    await expect(left).rejects.toThrow('bye');
    expect(read.signals[0]?.aborted).toBe(false);
    read.end('list');
    expect(await stayed).toBe('list');
  });

  it('aborts a read that nobody waits for, and starts another for the next asker', async () => {
    const reads = sharedReads<string>();
    const read = pendingRead();
    const leavers = [new AbortController(), new AbortController()];
    const left = leavers.map(({ signal }) => reads.ask('a', read.start, signal));
    for (const leaver of leavers) leaver.abort(new Error('bye'));
    await Promise.allSettled(left);
    expect(read.signals.map((signal) => signal.aborted)).toEqual([true]);
    const next = pendingRead();
    next.end('fresh');
    expect(await reads.ask('a', next.start)).toBe('fresh');
  });

  it('lets nobody join a read that began before something changed', async () => {
    const reads = sharedReads<string>();
    const [before, after] = [pendingRead(), pendingRead()];
    const early = reads.ask('a', before.start);
    reads.outdate();
    const late = reads.ask('a', after.start);
    const latest = reads.ask('a', after.start);
    after.end('new');
    before.end('old');
    expect(await Promise.all([early, late, latest])).toEqual(['old', 'new', 'new']);
    expect(after.signals).toHaveLength(1);
  });

  it('refuses an asker who has left already', async () => {
    const read = pendingRead();
    const asked = sharedReads<string>().ask('a', read.start, AbortSignal.abort(new Error('bye')));
    await expect(asked).rejects.toThrow('bye');
    expect(read.signals).toEqual([]);
  });
});
