import { expect, it } from 'vitest';
import { readOptions } from '../../../src/sandbox/options.ts';

it('reads what the sandbox is started with', () => {
  expect(readOptions([])).toEqual({
    port: null,
    engine: null,
    data: null,
    fleet: null,
    scenarios: [],
    help: false,
  });
  expect(readOptions(['--port=80', '--engine', 'unix:///run/d.sock', '--data=/tmp/x'])).toEqual({
    port: 80,
    engine: 'unix:///run/d.sock',
    data: '/tmp/x',
    fleet: null,
    scenarios: [],
    help: false,
  });
  expect(readOptions(['--services', '1000', '--nodes=100']).fleet).toEqual({
    services: 1000,
    tasks: 100,
    nodes: 100,
  });
  expect(readOptions(['--scenario', 'no-room', '--scenario', 'node-dies']).scenarios).toEqual([
    'no-room',
    'node-dies',
  ]);
  expect(readOptions(['-h']).help).toBe(true);
});

it.each([
  [['--port', 'many'], '--port takes a whole number from 0 to 65535, not "many".'],
  [['--port=65536'], '--port takes a whole number from 0 to 65535, not "65536".'],
  [['--nodes=0'], '--nodes takes a whole number from 1 to 1000, not "0".'],
  [['--engine=unix:///x', '--tasks=5'], 'are for a simulated Swarm'],
  [['--fast'], "Unknown option '--fast'"],
  [['service', 'ls'], 'Unexpected argument'],
])('says what is wrong with %j', (words, sentence) => {
  expect(() => readOptions(words)).toThrow(sentence);
});
