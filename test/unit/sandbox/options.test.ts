import { expect, it } from 'vitest';
import { readOptions } from '../../../src/sandbox/options.ts';

it('reads what the sandbox is started with', () => {
  expect(readOptions([])).toEqual({ port: null, engine: null, help: false });
  expect(readOptions(['--port=80', '--engine', 'unix:///run/d.sock'])).toEqual({
    port: 80,
    engine: 'unix:///run/d.sock',
    help: false,
  });
  expect(readOptions(['-h']).help).toBe(true);
});

it.each([
  [['--port', 'many'], '--port takes a whole number from 1 to 65535, not "many".'],
  [['--port=0'], '--port takes a whole number from 1 to 65535, not "0".'],
  [['--port=65536'], '--port takes a whole number from 1 to 65535, not "65536".'],
  [['--fast'], "Unknown option '--fast'"],
  [['service', 'ls'], 'Unexpected argument'],
])('says what is wrong with %j', (words, sentence) => {
  expect(() => readOptions(words)).toThrow(sentence);
});
