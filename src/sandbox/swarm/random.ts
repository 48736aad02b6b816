/** Names and numbers that nobody else has; the same seed gives the same ones in the same order. */
export interface Random {
  /** At least 0, less than 1. */
  number(): number;
  /** A Swarm's id: 25 digits and letters. */
  id(): string;
  /** 64 hexadecimal digits, as of a container. */
  hex64(): string;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  // Mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
  const number = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const digits = (count: number, base: number) =>
    Array.from({ length: count }, () => Math.floor(number() * base).toString(base)).join('');
  return { number, id: () => digits(25, 36), hex64: () => digits(64, 16) };
}
