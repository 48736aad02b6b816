import { expect, it } from 'vitest';
import { startSandbox } from '../bot/sandbox-process.ts';

it('the sandbox serves its page, and leaves nothing behind when it is interrupted', async () => {
  await using sandbox = await startSandbox([]);
  const host = sandbox.output.find((line) => line.startsWith('DOCKER_HOST='))?.replace(/.*tcp:/, 'http:');
  expect((await fetch(sandbox.address)).status).toBe(200);
  expect((await fetch(`${host}/_ping`)).status).toBe(200);
  expect(await sandbox.interrupt()).toBe(0);
  await expect(fetch(sandbox.address)).rejects.toThrow('fetch failed');
  await expect(fetch(`${host}/_ping`)).rejects.toThrow('fetch failed');
});

it.each([
  [['--scenario', 'nope'], 'there is no scenario "nope"; there are crash-loop, '],
  [
    ['--engine', 'unix:///nowhere/docker.sock'],
    'There is no Docker engine at unix:///nowhere/docker.sock (ENOENT)',
  ],
  [['--fast'], "Unknown option '--fast'"],
])('the sandbox says what is wrong with %j', async (words, sentence) => {
  await expect(startSandbox(words)).rejects.toThrow(sentence);
});
