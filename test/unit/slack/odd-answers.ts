import type { Answer, Button, Inline, Part, TableCell } from '../../../src/operations/answer.ts';

/** Numbers from 0 to 1 that look random and are the same for the same seed (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const odd: readonly string[] = [
  '',
  ' ',
  '\n\n',
  '\u00a0',
  'web',
  '<!channel> & <@U0ALICE> `rm -rf`',
  '&&&&<<<<>>>>'.repeat(40),
  'x'.repeat(255),
  'a long line of words '.repeat(300),
  'line\n'.repeat(2_000),
  '&'.repeat(20_000),
  'z'.repeat(100_000),
  '\ud83d',
  '\udc00tail',
  '👩‍👩‍👧‍👦'.repeat(500),
  'قاعدة بيانات',
  '数据库服务',
  'שירות',
  '\u202egpj.exe\u202c',
  '\u001b[31mred\u001b[0m',
  '\u0000\u0007\u009b',
  ':warning: *bold* _it_ ~no~',
];

/** An answer of parts and texts as bad as they may come. */
export function oddAnswer(random: () => number): Answer {
  const upTo = (most: number) => Math.floor(random() * (most + 1));
  const pick = <T>(first: T, ...rest: readonly T[]): T => [first, ...rest][upTo(rest.length)] ?? first;
  const many = <T>(most: number, make: () => T): T[] => Array.from({ length: upTo(most) }, make);
  const text = () => pick('web', ...odd);
  const short = () => pick('web', ...odd.filter((text) => text.length < 600));
  const seldomLong = () => (random() < 0.02 ? text() : short());
  const inline = (): Inline =>
    pick<() => Inline>(
      text,
      () => ({ code: text() }),
      () => ({ strong: text() }),
      () => ({ person: pick('U0ALICE', 'nobody', '') }),
      () => ({ group: pick('S0SRE', 'everyone', '') }),
      () => ({ channel: pick('C0DEPLOYS', '#deploys', '') }),
      () => ({ time: pick(0, 1_700_000_000_000, NaN, Infinity) }),
    )();
  const cell = (): string | TableCell =>
    pick<() => string | TableCell>(
      short,
      short,
      seldomLong,
      () => ({ text: short(), strong: true }),
      () => ({ person: pick('U0ALICE', '') }),
      () => ({ channel: 'C0DEPLOYS' }),
    )();
  const button = (): Button => ({
    label: seldomLong(),
    command: ['service', 'scale', seldomLong()],
    ...(random() < 0.3 && { style: pick('primary', 'danger') }),
    ...(random() < 0.3 && { confirm: { title: seldomLong(), text: seldomLong(), ok: seldomLong() } }),
    ...(random() < 0.3 && {
      form: { title: seldomLong(), label: seldomLong(), initial: seldomLong(), submit: seldomLong() },
    }),
  });
  const part = (): Part =>
    pick<() => Part>(
      () => ({ kind: 'heading', text: text() }),
      () => ({ kind: 'text', text: many(5, inline) }),
      () => ({ kind: 'note', text: many(15, inline) }),
      () => ({ kind: 'facts', facts: many(30, () => ({ label: text(), value: many(3, inline) })) }),
      () => ({
        kind: 'table',
        columns: many(pick(3, 7, 25), short),
        rows: many(pick(5, 150, 500), () => many(pick(3, 7), cell)),
        empty: text(),
      }),
      () => ({ kind: 'code', text: text() }),
      () => ({ kind: 'progress', done: upTo(5), total: upTo(5), label: text() }),
      () => ({ kind: 'buttons', buttons: many(pick(3, 12, 1_000), button) }),
    )();
  return many(8, part);
}
