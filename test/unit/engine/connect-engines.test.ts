import { afterEach, describe, expect, it, vi } from 'vitest';
import { connectEngines } from '../../../src/engine/connect-engines.ts';
import { Failure } from '../../../src/swarm/failure.ts';
import { engineServer, json } from './engine-server.ts';

describe('connectEngines', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('reaches several clusters at once, each at its own address', async () => {
    await using one = await engineServer(json({ Name: 'one' }));
    await using two = await engineServer(json({ Name: 'two' }));
    await using engines = connectEngines({ one: { host: one.host }, two: {} }, { DOCKER_HOST: two.host });
    const infos = await Promise.all([engines.get('one').info(), engines.get('two').info()]);
    expect(infos).toEqual([{ Name: 'one' }, { Name: 'two' }]);
    expect(engines.get('two').cluster).toBe('two');
  });

  it("lets nothing in the process's own environment decide where requests go", async () => {
    await using right = await engineServer(json({ Name: 'right' }));
    await using wrong = await engineServer(json({ Name: 'wrong' }));
    for (const host of [wrong.host, 'tcp://127.0.0.1:1', ':::']) {
      vi.stubEnv('DOCKER_HOST', host);
      vi.stubEnv('DOCKER_TLS_VERIFY', '1');
      vi.stubEnv('DOCKER_CERT_PATH', '/nowhere');
      vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:1');
      await using engines = connectEngines({ prod: { host: right.host } }, {});
      expect(await engines.get('prod').info()).toEqual({ Name: 'right' });
    }
    expect(wrong.connections()).toBe(0);
  });

  it('names the clusters that there are to whoever asks for another', () => {
    const engines = connectEngines({ prod: {}, staging: {} }, {});
    expect(() => engines.get('toString')).toThrow(
      new Failure('not-found', 'There is no cluster "toString"; there is prod, staging.'),
    );
  });

  it('closes its connections when disposed of', async () => {
    await using server = await engineServer(json({ Name: 'one' }));
    const engines = connectEngines({ prod: { host: server.host } }, {});
    await engines.get('prod').info();
    await engines[Symbol.asyncDispose]();
    await expect.poll(server.open).toBe(0);
  });
});
