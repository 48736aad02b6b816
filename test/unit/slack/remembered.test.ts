import { describe, expect, it } from 'vitest';
import { remembered } from '../../../src/slack/remembered.ts';

function counted(fails: readonly number[] = []) {
  let calls = 0;
  let time = 0;
  const memory = remembered({
    lifetime: 60,
    now: () => time,
    load: async (key: string) => {
      calls += 1;
      if (fails.includes(calls)) throw new Error('no answer');
      return `${key}${String(calls)}`;
    },
  });
  return { memory, at: (now: number) => void (time = now) };
}

describe('what is remembered', () => {
  it('is asked for once as long as it lives, also by those who ask at once', async () => {
    const { memory, at } = counted();
    expect(await Promise.all([memory.get('a'), memory.get('a')])).toEqual(['a1', 'a1']);
    at(59);
    expect(await memory.get('a')).toBe('a1');
    at(60);
    expect(await memory.get('a')).toBe('a2');
  });

  it('is asked for again once it is forgotten, even while it is on its way', async () => {
    const { memory } = counted();
    const before = memory.get('a');
    memory.forget('a');
    expect(await memory.get('a')).toBe('a2');
    expect(await before).toBe('a1');
    expect(await memory.get('a')).toBe('a2');
  });

  it('is never a failure', async () => {
    const { memory } = counted([1]);
    await expect(memory.get('a')).rejects.toThrow('no answer');
    expect(await memory.get('a')).toBe('a2');
  });
});
