import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { deadline } from '../../../src/swarm/deadline.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('aborts when the time is up', () => {
  using end = deadline(100);
  vi.advanceTimersByTime(99);
  expect(end.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(end.signal.reason).toMatchObject({ name: 'TimeoutError', message: 'It took longer than 100 ms.' });
  expect(end.passed).toBe(true);
});

it('aborts with whichever signal aborts first, and keeps that reason', () => {
  const stop = new AbortController();
  using end = deadline(100, undefined, stop.signal);
  stop.abort('stopped');
  vi.advanceTimersByTime(200);
  expect(end.signal.reason).toBe('stopped');
  expect(end.passed).toBe(false);
});

it('is over at once when a signal was aborted before', () => {
  using end = deadline(100, AbortSignal.abort('early'));
  expect(end.signal.reason).toBe('early');
});

it('leaves neither a timer nor a listener once it is disposed of', () => {
  const stop = new AbortController();
  {
    using end = deadline(100, stop.signal);
    expect(end.signal.aborted).toBe(false);
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
  }
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0);
});
