import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { startHealthServer } from '../../../src/observability/health-server.ts';

/** The exit code of the image's health check. */
async function probe(healthPort: string): Promise<number | null> {
  const env = { PATH: process.env['PATH'], HEALTH_PORT: healthPort };
  const child = spawn(process.execPath, ['src/observability/health-probe.ts'], { env });
  await once(child, 'exit');
  return child.exitCode;
}

it('the health check passes while the bot answers, and fails when nobody does', async () => {
  const server = await startHealthServer({
    port: 0,
    metrics: { text: async () => '', contentType: 'text/plain' },
    readiness: async () => ({ ready: true, slack: true, database: true, clusters: {} }),
    now: () => performance.now(),
  });
  const port = String(server.port);
  expect(await probe(port)).toBe(0);
  await server[Symbol.asyncDispose]();
  expect(await probe(port)).toBe(1);
});

it('the health check asks nobody where HEALTH_PORT is off', async () => {
  expect(await probe('off')).toBe(0);
});
