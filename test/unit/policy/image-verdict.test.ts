import { describe, expect, it } from 'vitest';
import { imageVerdict } from '../../../src/policy/image-verdict.ts';

const digest = `sha256:${'a'.repeat(64)}`;

describe('images.allow', () => {
  it.each([
    ['r.example.com/shop/*', 'r.example.com/shop/web:2'],
    ['r.example.com/shop/*', `r.example.com/shop/web@${digest}`],
    ['r.example.com/shop/web', 'r.example.com/shop/web:2'],
    ['nginx', 'nginx:1.27'],
    ['docker.io/library/nginx', 'nginx'],
    ['docker.io/library/*', 'nginx'],
    ['nginx:latest', 'nginx'],
    ['nginx:1.*', 'docker.io/library/nginx:1.27'],
    ['*', 'anything'],
    [`nginx@${digest}`, `nginx@${digest}`],
  ])('%s allows %s', (pattern, image) => {
    expect(imageVerdict({ allow: ['other', pattern] }, image)).toMatchObject({
      allowed: true,
      rule: 'images.allow[1]',
    });
  });

  it.each([
    ['r.example.com/shop/*', 'r.example.com/blog/web'],
    ['r.example.com/shop/*', 'evil.example/r.example.com/shop/web'],
    ['shop/*', 'r.example.com/shop/web'],
    ['nginx', 'r.example.com/nginx'],
    ['nginx', 'nginx2'],
    ['nginx:1', 'nginx:2'],
    ['nginx:1', `nginx:1@${digest}`],
    ['*', 'Not An Image'],
  ])('%s does not allow %s', (pattern, image) => {
    expect(imageVerdict({ allow: [pattern] }, image)).toMatchObject({ allowed: false, rule: 'images.allow' });
  });

  it('allows anything when there is no rule, and nothing when the list is empty', () => {
    expect(imageVerdict(undefined, 'nginx').allowed).toBe(true);
    expect(imageVerdict({ allow: [] }, 'nginx')).toMatchObject({
      allowed: false,
      reason: 'The image nginx may not be deployed: images.allow allows none.',
    });
  });
});
