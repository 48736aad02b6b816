import { describe, expect, it } from 'vitest';
import { startHealthServer } from '../../../src/observability/health-server.ts';
import { metrics } from '../../../src/observability/metrics.ts';
import type { Readiness } from '../../../src/observability/readiness.ts';

const whole: Readiness = { ready: true, slack: true, database: true, clusters: { prod: true } };

async function started(options: { readonly ready?: Readiness; readonly now?: () => number } = {}) {
  const { ready = whole, now = () => performance.now() } = options;
  const server = await startHealthServer({
    port: 0,
    metrics: metrics(),
    readiness: async () => ready,
    now,
  });
  const get = (path: string, method = 'GET') =>
    fetch(`http://127.0.0.1:${server.port}${path}`, { method, signal: AbortSignal.timeout(5_000) });
  return { ...server, get };
}

describe('the health server', () => {
  it('says that a process whose timers come in time is healthy', async () => {
    await using server = await started();
    const response = await server.get('/healthz');
    expect([response.status, await response.text()]).toEqual([200, 'ok\n']);
  });

  it('says that a process whose timers come late is not', async () => {
    let time = 0;
    await using server = await started({ now: () => (time += 2_500) });
    const response = await server.get('/healthz');
    expect([response.status, await response.text()]).toEqual([503, 'timers come 2500 ms late\n']);
  });

  it('tells what is ready and what is not', async () => {
    await using server = await started({ ready: { ...whole, ready: false, slack: false } });
    const response = await server.get('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ ...whole, ready: false, slack: false });
  });

  it('gives metrics in the format of Prometheus', async () => {
    await using server = await started();
    const response = await server.get('/metrics');
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await response.text()).toMatch(/^process_resident_memory_bytes \d+$/m);
  });

  it('has nothing else, and takes nothing', async () => {
    await using server = await started();
    expect((await server.get('/')).status).toBe(404);
    expect((await server.get('/metrics', 'POST')).status).toBe(405);
  });

  it('says which port it could not have', async () => {
    await using server = await started();
    const again = startHealthServer({
      port: server.port,
      metrics: metrics(),
      readiness: async () => whole,
      now: Date.now,
    });
    await expect(again).rejects.toThrow(`can't listen on HEALTH_PORT ${server.port}`);
  });
});
