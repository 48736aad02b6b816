import { describe, expect, it } from 'vitest';
import { connectEngines } from '../../../src/engine/connect-engines.ts';
import { endpointOf, engineEndpoints } from '../../../src/engine/engine-endpoints.ts';
import type { SeenCall } from '../../../src/engine/known-calls.ts';
import { engineServer } from './engine-server.ts';

describe('the endpoints of an engine', () => {
  it('are told apart by method and path', () => {
    expect(endpointOf('GET', '/services/web').name).toBe('service');
    expect(endpointOf('POST', '/services/web/update').name).toBe('service_update');
    expect(endpointOf('GET', '/distribution/r.example:5000/shop/web@sha256:1/json').name).toBe(
      'distribution',
    );
  });

  it.each([
    ['POST', '/services/create'],
    ['DELETE', '/services/web'],
    ['POST', '/containers/create'],
    ['GET', '/secrets'],
    ['GET', '/swarm'],
    ['GET', '/services/web/update'],
    ['GET', '/v1.51/services'],
  ])('are all that is sent: %s %s throws', (method, path) => {
    expect(() => endpointOf(method, path)).toThrow('is not in engineEndpoints');
  });

  it('have names of their own', () => {
    expect(new Set(engineEndpoints.map(({ name }) => name)).size).toBe(engineEndpoints.length);
  });

  it('are what calls are counted by', async () => {
    await using server = await engineServer((request, response) => {
      response.statusCode = request.url?.endsWith('/gone') === true ? 404 : 200;
      response.end('[]');
    });
    const seen: SeenCall[] = [];
    const clusters = { prod: { host: server.host } };
    await using engines = connectEngines(clusters, {}, { observe: (call) => seen.push(call) });
    await engines.get('prod').services();
    await expect(engines.get('prod').service('gone')).rejects.toThrow('no service');
    expect(seen.map(({ cluster, endpoint, outcome }) => [cluster, endpoint, outcome])).toEqual([
      ['prod', 'services', 'ok'],
      ['prod', 'service', 'not-found'],
    ]);
  });
});
