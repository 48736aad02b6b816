import { expect, it } from 'vitest';
import { readOptions } from '../../../src/sandbox/options.ts';
import { openEngine } from '../../../src/sandbox/sandbox-engine.ts';

const teller = { say: () => {}, ask: null };

it('keeps what the bot writes of a real engine apart from what it writes of a simulated one', async () => {
  await using simulated = await openEngine(readOptions([]), {}, teller);
  const host = simulated?.env['DOCKER_HOST'] ?? '';
  await using byOption = await openEngine(readOptions(['--engine', host]), {}, teller);
  await using byVariable = await openEngine(readOptions([]), { DOCKER_HOST: host }, teller);
  const folders = [simulated, byOption, byVariable].map((engine) => engine?.usualData);
  expect(folders).toEqual(['data/sandbox', 'data/sandbox-engine', 'data/sandbox-engine']);
});
