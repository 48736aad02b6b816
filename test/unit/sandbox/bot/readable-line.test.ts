import { expect, it } from 'vitest';
import { readableLine } from '../../../../src/sandbox/bot/readable-line.ts';

it.each([
  ['{"level":40,"msg":"connected"}', 'connected'],
  [
    '{"msg":"a stop cut off this","request":"r1","command":"service scale web=3","outcome":"unknown"}',
    'a stop cut off this: service scale web=3',
  ],
  ['{"msg":"not told","err":{"message":"no channel"}}', 'not told: no channel'],
  ['{"msg":"not told","error":{"message":"no channel"}}', 'not told: no channel'],
  ['{"level":40}', '{"level":40}'],
  ['Error: no JSON {', 'Error: no JSON {'],
])('%s reads %s', (line, readable) => {
  expect(readableLine(line)).toBe(readable);
});
