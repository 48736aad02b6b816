import { describe, expect, it } from 'vitest';
import type { RegistryAuths } from '../../../src/swarm/registry-auth.ts';
import type { ServiceSpec } from '../../../src/swarm/service.ts';
import { engineServer, failureOf, json, prod } from './engine-server.ts';

const server = 'registry.example.com';
const image = `${server}/shop/web:2`;
const auth = { username: 'deploy', password: 'pa?ss>~wörd', serveraddress: server };
const known: RegistryAuths = new Map([[server, auth]]);
const spec: ServiceSpec = { Name: 'web', TaskTemplate: { ContainerSpec: { Image: image } } };
const found = json({ Descriptor: { digest: `sha256:${'a'.repeat(64)}` } });

/** As the daemon reads it: base64url with its padding. */
function decoded(header: string | string[] | undefined): unknown {
  if (typeof header !== 'string') return header;
  expect(header).toMatch(/^(?:[\w-]{4})*(?:[\w-]{2}==|[\w-]{3}=)?$/);
  return JSON.parse(Buffer.from(header, 'base64url').toString());
}

describe('a look-up of an image', () => {
  it('shows its registry the credentials for it, in a header alone', async () => {
    await using engine = await engineServer(found);
    await using cluster = prod(engine.host, undefined, () => known);
    await cluster.engine.imageDigest(image);
    const [request] = engine.received;
    expect(request?.url).toBe(`/v1.51/distribution/${image}/json`);
    expect(decoded(request?.headers['x-registry-auth'])).toEqual(auth);
  });

  it('shows others none', async () => {
    await using engine = await engineServer(found);
    await using cluster = prod(engine.host, undefined, () => known);
    for (const other of ['nginx:1', `evil.example/${image}`]) await cluster.engine.imageDigest(other);
    expect(engine.received.map(({ headers }) => headers['x-registry-auth'])).toEqual([undefined, undefined]);
  });

  it('takes the credentials of the moment', async () => {
    const auths = new Map(known);
    await using engine = await engineServer(found);
    await using cluster = prod(engine.host, undefined, () => auths);
    auths.set(server, { ...auth, password: 'rotated' });
    await cluster.engine.imageDigest(image);
    expect(decoded(engine.received[0]?.headers['x-registry-auth'])).toMatchObject({ password: 'rotated' });
    auths.clear();
    expect(cluster.engine.hasRegistryAuth(image)).toBe(false);
  });

  it('that is refused says whether there were credentials, and tells none of them', async () => {
    const basic = Buffer.from(`${auth.username}:${auth.password}`).toString('base64');
    const message = `denied: ${auth.password} Basic ${basic}`;
    for (const status of [401, 403, 500]) {
      await using engine = await engineServer(json({ message }, status));
      await using with_ = prod(engine.host, undefined, () => known);
      const refused = await failureOf(with_.engine.imageDigest(image));
      expect(refused).toMatchObject({ kind: 'unavailable', reason: 'rejected' });
      expect(refused.message).toContain('doesn’t take Shipmate’s credentials');
      expect(JSON.stringify([refused.message, String(refused.cause)])).not.toMatch(
        new RegExp(`wörd|${basic.slice(0, 8)}`),
      );

      await using without = prod(engine.host);
      const unknown = await failureOf(without.engine.imageDigest(image));
      expect(unknown.message).toContain('Shipmate has no credentials for registry.example.com');
    }
  });
});

describe('an update', () => {
  const update = { id: 'x', version: 7, spec };

  it('leaves a service its credentials unless others are asked for', async () => {
    await using engine = await engineServer(json({}));
    await using cluster = prod(engine.host, undefined, () => known);
    await cluster.engine.updateService(update);
    await cluster.engine.updateService({ ...update, rollback: true });
    expect(
      engine.received.map(({ url, headers }) => [url.split('?')[1], headers['x-registry-auth']]),
    ).toEqual([
      ['version=7&registryAuthFrom=spec', undefined],
      ['version=7&rollback=previous', undefined],
    ]);
  });

  it('brings those for the registry that is named, or says that there are none', async () => {
    await using engine = await engineServer(json({}));
    await using cluster = prod(engine.host, undefined, () => known);
    for (const registryAuthFor of [image, 'nginx:1'])
      await cluster.engine.updateService({ ...update, registryAuthFor });
    expect(engine.received.map(({ url }) => url.split('?')[1])).toEqual(['version=7', 'version=7']);
    expect(engine.received.map(({ headers }) => decoded(headers['x-registry-auth']))).toEqual([auth, {}]);
    expect(JSON.parse(engine.received[0]?.body ?? '')).toEqual(spec);
  });

  it('tells none of them where the engine quotes them', async () => {
    await using engine = await engineServer((request, response) =>
      json({ message: `bad header ${String(request.headers['x-registry-auth'])}` }, 400)(request, response),
    );
    await using cluster = prod(engine.host, undefined, () => known);
    const refused = await failureOf(cluster.engine.updateService({ ...update, registryAuthFor: image }));
    expect(refused.message).toContain('"bad header ••••"');
  });
});
