import { describe, expect, it } from 'vitest';
import {
  familiarImage,
  parseImageReference,
  qualifiedImage,
  taggedImage,
} from '../../../src/swarm/image-reference.ts';

const digest = `sha256:${'a'.repeat(64)}`;

describe('an image reference', () => {
  it.each([
    ['nginx', 'nginx:latest', 'docker.io/library/nginx:latest'],
    ['nginx:1.27', 'nginx:1.27', 'docker.io/library/nginx:1.27'],
    ['docker.io/nginx', 'nginx:latest', 'docker.io/library/nginx:latest'],
    ['index.docker.io/library/nginx', 'nginx:latest', 'docker.io/library/nginx:latest'],
    ['shop/web', 'shop/web:latest', 'docker.io/shop/web:latest'],
    ['localhost/web', 'localhost/web:latest', 'localhost/web:latest'],
    ['registry:5000/web:2', 'registry:5000/web:2', 'registry:5000/web:2'],
    ['Registry/web', 'Registry/web:latest', 'Registry/web:latest'],
    ['[::1]:5000/web:2', '[::1]:5000/web:2', '[::1]:5000/web:2'],
    ['r.example.com/library/web', 'r.example.com/library/web:latest', 'r.example.com/library/web:latest'],
    [`nginx@${digest}`, `nginx@${digest}`, `docker.io/library/nginx@${digest}`],
    [`nginx:1@${digest}`, `nginx:1@${digest}`, `docker.io/library/nginx:1@${digest}`],
  ])('%s is %s, in full %s', (text, familiar, qualified) => {
    const reference = parseImageReference(text);
    expect(reference && familiarImage(taggedImage(reference))).toBe(familiar);
    expect(reference && qualifiedImage(taggedImage(reference))).toBe(qualified);
  });

  it.each([
    '',
    'Nginx',
    'nginx:',
    'nginx:-1',
    `nginx:${'1'.repeat(129)}`,
    'nginx@sha256:abc',
    `nginx@${digest}@${digest}`,
    'a//b',
    '/nginx',
    'nginx/',
    '../info',
    'nginx?x=1',
    'nginx web',
    'http://r.example.com/web',
    'a'.repeat(64),
    `r.example.com/${'a'.repeat(250)}`,
    'web\n',
  ])('is not %j', (text) => {
    expect(parseImageReference(text)).toBeUndefined();
  });
});
