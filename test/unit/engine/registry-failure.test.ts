import { describe, expect, it } from 'vitest';
import { connectEngines } from '../../../src/engine/connect-engines.ts';
import { engineServer, failureOf } from './engine-server.ts';

/** What is told of an image when the engine answers so. */
async function told(image: string, status: number, message: string) {
  await using server = await engineServer((_request, response) => {
    response.statusCode = status;
    response.end(JSON.stringify({ message }));
  });
  await using engines = connectEngines({ prod: { host: server.host } }, {});
  return await failureOf(engines.get('prod').imageDigest(image));
}

describe('an image that its registry has nothing of', () => {
  it.each([
    ['doesn’t exist', 404, 'manifest unknown: manifest unknown', 'not-found', /There is no image web:9/],
    ['is private', 401, 'errors: denied: requested access', 'rejected', /doesn’t let the engine of prod see/],
    ['is refused by status', 403, 'no', 'rejected', /doesn’t let the engine of prod see/],
    ['is asked for too often', 429, 'toomanyrequests: slow down', 'rejected', /no more requests for now/],
    [
      'is out of reach',
      500,
      'Get "https://r/v2/": dial tcp: no route',
      'unreachable',
      /dial tcp: no route\.$/,
    ],
  ])('is told when it %s', async (_, status, message, reason, sentence) => {
    const failure = await told('web:9', status, message);
    expect(failure.reason).toBe(reason);
    expect(failure.message).toMatch(sentence);
  });

  it.each(['shop/access-denied:1', 'shop/toomanyrequests:1', 'shop/x509:1', 'EOF.example/web:1'])(
    'isn’t judged by what it is called: %s',
    async (image) => {
      const failure = await told(image, 500, 'the disk is full');
      expect(failure).toMatchObject({ kind: 'unavailable', reason: 'rejected' });
      expect(failure.message).toContain('HTTP 500): "the disk is full"');
    },
  );
});
