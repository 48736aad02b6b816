import { describe, expect, it } from 'vitest';
import { authFor, registryOf } from '../../../src/swarm/registry-auth.ts';

/** Which key's credentials an image gets. */
function keyFor(image: string, ...keys: readonly string[]): string | undefined {
  return authFor(new Map(keys.map((key) => [key, { serveraddress: key }])), image)?.serveraddress;
}

describe('the credentials for an image', () => {
  it.each([
    ['nginx', 'https://index.docker.io/v1/'],
    ['shop/web:2', 'https://index.docker.io/v1/'],
    ['docker.io/shop/web', 'https://index.docker.io/v1/'],
    ['index.docker.io/shop/web', 'https://index.docker.io/v1/'],
    ['registry.example.com/shop/web:2', 'registry.example.com'],
    ['registry.example.com:5000/web', 'registry.example.com:5000'],
    [`ghcr.io/shop/web@sha256:${'a'.repeat(64)}`, 'ghcr.io'],
    ['localhost/web', 'localhost'],
    ['[::1]:5000/web', '[::1]:5000'],
  ])('%s are those under %s', (image, key) => {
    expect(keyFor(image, 'elsewhere.example.com', key)).toBe(key);
    expect(keyFor(image, 'elsewhere.example.com')).toBeUndefined();
  });

  it.each([
    'https://registry.example.com:5000',
    'http://registry.example.com:5000/v1/',
    'registry.example.com:5000/v2/',
  ])('are found under what an older docker login wrote, too: %s', (key) => {
    expect(keyFor('registry.example.com:5000/web', key)).toBe(key);
    expect(keyFor('registry.example.com:5000/web', key, 'registry.example.com:5000')).toBe(
      'registry.example.com:5000',
    );
  });

  it.each([
    ['nginx', 'docker.io'],
    ['nginx', 'https://index.docker.io/v1/access-token'],
    ['registry.example.com/web', 'registry.example.com:443'],
    ['registry.example.com/web', 'https://registry.example.com:443'],
    ['registry.example.com/web', 'example.com'],
    ['registry.example.com/web', 'registry.example.com.evil.example'],
    ['registry.example.com/web', 'https://evil.example/registry.example.com'],
    ['evil.example/registry.example.com/web', 'registry.example.com'],
    ['registry.example.com/shop/web', 'registry.example.com:5000/shop'],
    ['NOT AN IMAGE', 'NOT AN IMAGE'],
  ])('%s are never those under %s', (image, key) => {
    expect(keyFor(image, key)).toBeUndefined();
  });
});

it('an image’s registry is named as people know it', () => {
  expect(['nginx:1', 'ghcr.io/shop/web', 'localhost:5000/web', ''].map(registryOf)).toEqual([
    'docker.io',
    'ghcr.io',
    'localhost:5000',
    undefined,
  ]);
});
