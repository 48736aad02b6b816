import { expect, it } from 'vitest';
import { harmlessText } from '../../../../src/sandbox/bot/harmless-text.ts';

const escape = '\u001B';

it.each([
  ['colours', `a${escape}[31mred${escape}[0mb`, 'aredb'],
  ['a cleared screen', `a${escape}[2J${escape}[Hb`, 'ab'],
  ['a window title', `a${escape}]0;title\u0007b`, 'ab'],
  ['a link', `${escape}]8;;http://example.com${escape}\\text${escape}]8;;${escape}\\`, 'text'],
  ['a sequence in one byte', 'a\u009B31mb', 'ab'],
  ['a device control string', `a${escape}Pq#0${escape}\\b`, 'ab'],
  ['a sequence that was cut off', `a${escape}[`, 'a'],
  ['a lone escape', `a${escape}`, 'a'],
  ['carriage returns and bells', 'safe\rgone\u0007', 'safegone'],
  ['marks that reorder text', 'a\u202Egnp.exe', 'agnp.exe'],
])('takes %s out', (_, text, shown) => {
  expect(harmlessText(text)).toBe(shown);
});

it('leaves lines, letters of any script and emoji', () => {
  const text = 'Größe\n日本語 – “quoted” 🚢';
  expect(harmlessText(text)).toBe(text);
});
