import { describe, expect, it } from 'vitest';
import { readiness, type ReadinessSources } from '../../../src/observability/readiness.ts';

const well: ReadinessSources = {
  slackConnected: () => true,
  writeDatabase: async () => true,
  clusters: () => ['prod', 'staging'],
  askEngine: async () => 'version',
  now: () => 0,
};

const broken = async () => {
  throw new Error('broken');
};

describe('readiness', () => {
  it('holds when Slack, the database and every engine are there', async () => {
    expect(await readiness(well)()).toEqual({
      ready: true,
      slack: true,
      database: true,
      clusters: { prod: true, staging: true },
    });
  });

  it('ends with the connection to Slack, at once', async () => {
    let slack = true;
    const ready = readiness({ ...well, slackConnected: () => slack });
    expect((await ready()).ready).toBe(true);
    slack = false;
    expect(await ready()).toMatchObject({ ready: false, slack: false });
  });

  it('ends with the database', async () => {
    expect(await readiness({ ...well, writeDatabase: broken })()).toMatchObject({
      ready: false,
      database: false,
    });
  });

  it('outlives one engine, and names it, but not all of them', async () => {
    const askEngine = (cluster: string) => (cluster === 'prod' ? broken() : Promise.resolve('version'));
    expect(await readiness({ ...well, askEngine })()).toMatchObject({
      ready: true,
      clusters: { prod: false, staging: true },
    });
    expect(await readiness({ ...well, askEngine: broken })()).toMatchObject({ ready: false });
  });

  it('gives up on an engine that does not answer', async () => {
    const askEngine = () => new Promise<never>(() => {});
    expect((await readiness({ ...well, askEngine })()).clusters).toEqual({ prod: false, staging: false });
  });

  it('asks engines again only after ten seconds', async () => {
    let asked = 0;
    let time = 0;
    const askEngine = async () => (asked += 1);
    const ready = readiness({ ...well, askEngine, now: () => time });
    await ready();
    time = 9_999;
    await ready();
    expect(asked).toBe(2);
    time = 10_000;
    await ready();
    expect(asked).toBe(4);
  });
});
