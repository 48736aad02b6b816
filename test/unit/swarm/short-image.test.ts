import { describe, expect, it } from 'vitest';
import { shortImage } from '../../../src/swarm/short-image.ts';

const digest = `sha256:${'0'.repeat(64)}`;

describe('shortImage', () => {
  it.for([
    [`nginx:1.27@${digest}`, 'nginx:1.27'],
    [`docker.io/library/nginx:1@${digest}`, 'nginx:1'],
    [`index.docker.io/shop/web:1`, 'shop/web:1'],
    [`registry.example.com:5000/shop/web:2@${digest}`, 'registry.example.com:5000/shop/web:2'],
    ['registry.example.com/library/web:2', 'registry.example.com/library/web:2'],
    ['localhost:5000/web', 'localhost:5000/web'],
    [`nginx@${digest}`, `nginx@${digest}`],
    ['nginx', 'nginx'],
    ['', ''],
  ] as const)('shows %s as %s', ([image, shown]) => {
    expect(shortImage(image)).toBe(shown);
  });
});
