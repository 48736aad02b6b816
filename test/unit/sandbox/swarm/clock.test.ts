import { describe, expect, it } from 'vitest';
import { createClock } from '../../../../src/sandbox/swarm/clock.ts';

describe('a clock', () => {
  it('runs what falls due in its order, each at its moment', () => {
    using clock = createClock({ start: 0, speed: 0 });
    const run: string[] = [];
    for (const [name, at] of [
      ['c', 30],
      ['a', 10],
      ['b', 20],
      ['also a', 10],
    ] as const) {
      clock.after(at, () => run.push(`${name} at ${clock.now()}`));
    }
    clock.advance(25);
    expect(run).toEqual(['a at 10', 'also a at 10', 'b at 20']);
    expect(clock.now()).toBe(25);
    clock.advance(5);
    expect(run).toHaveLength(4);
  });

  it('runs what is asked for meanwhile, if it falls due, and not what was called off', () => {
    using clock = createClock({ start: 0, speed: 0 });
    const run: number[] = [];
    const callOff = clock.after(5, () => run.push(-1));
    const again = () => {
      run.push(clock.now());
      clock.after(10, again);
    };
    clock.after(0, again);
    callOff();
    clock.advance(35);
    expect(run).toEqual([0, 10, 20, 30]);
  });

  it('passes by itself, as fast as it is told to', async () => {
    using clock = createClock({ start: 0, speed: 1000 });
    const at = await new Promise<number>((resolve) => void clock.after(20_000, () => resolve(clock.now())));
    expect(at).toBeGreaterThanOrEqual(20_000);
  });
});
