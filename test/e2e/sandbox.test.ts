import http from 'node:http';
import { expect, it } from 'vitest';
import { startSandbox } from '../bot/sandbox-process.ts';

it('the sandbox serves its page, and leaves nothing behind when it is interrupted', async () => {
  await using sandbox = await startSandbox([]);
  const host = sandbox.output.find((line) => line.startsWith('DOCKER_HOST='))?.replace(/.*tcp:/, 'http:');
  expect((await fetch(sandbox.address)).status).toBe(200);
  expect((await fetch(`${host}/_ping`)).status).toBe(200);
  const first = sandbox.interrupt();
  expect(await sandbox.interrupt()).toBe(0);
  expect(await first).toBe(0);
  expect(sandbox.output.join('\n')).not.toContain('at once');
  await expect(fetch(sandbox.address)).rejects.toThrow('fetch failed');
  await expect(fetch(`${host}/_ping`)).rejects.toThrow('fetch failed');
});

it('the page goes on after a path that is no URL', { timeout: 60_000 }, async () => {
  await using sandbox = await startSandbox([]);
  const { hostname, port } = new URL(sandbox.address);
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  http
    .get({ hostname, port, path: '//' }, (response) => resolve(response.resume().statusCode))
    .once('error', reject);
  expect(await promise).toBe(404);
  expect((await fetch(sandbox.address)).status).toBe(200);
});

it('a port that is taken is told in a sentence', { timeout: 60_000 }, async () => {
  await using sandbox = await startSandbox([]);
  const { port } = new URL(sandbox.address);
  const told = await startSandbox(['--port', port]).catch((error: unknown) => String(error));
  expect(told).toContain(`\nThe page can't be served on port ${port}: something else listens there. `);
  expect(told).not.toMatch(/\n\s+at /);
});

it.each([
  [['--data', 'package.json'], "The bot's state can't be kept at package.json: there is a file in its way."],
  [
    ['--data', 'package.json/x'],
    "The bot's state can't be kept at package.json/x: there is a file in its way.",
  ],
  [['--scenario', 'nope'], 'there is no scenario "nope"; there are crash-loop, '],
  [
    ['--engine', 'unix:///nowhere/docker.sock'],
    'There is no Docker engine at unix:///nowhere/docker.sock (ENOENT)',
  ],
  [['--fast'], "Unknown option '--fast'"],
])('the sandbox says what is wrong with %j', async (words, sentence) => {
  await expect(startSandbox(words)).rejects.toThrow(sentence);
});
