import { describe, expect, it } from 'vitest';
import { maskLines } from '../../../src/swarm/mask-lines.ts';

const body = 'MIIEpAIBAAKCAQEAx5fLqP3Jk0Zc9v1o';

describe('maskLines', () => {
  it('masks secrets line by line, and gives as many lines as before', () => {
    const masked = maskLines(['starting', 'password=hunter2 given', 'ready']);
    expect(masked).toHaveLength(3);
    expect(masked.join()).not.toContain('hunter2');
    expect([masked[0], masked[2]]).toEqual(['starting', 'ready']);
  });

  it('masks private keys over several lines, to their end or the log’s', () => {
    const key = ['-----BEGIN RSA PRIVATE KEY-----', body, body, '-----END RSA PRIVATE KEY-----'];
    const masked = maskLines(['before', ...key, 'after']);
    expect(masked.join('\n')).not.toContain(body);
    expect([masked[0], masked.at(-1)]).toEqual(['before', 'after']);
    expect(maskLines(key.slice(0, 3)).join('\n')).not.toContain(body);
  });

  it('masks the end of a key whose beginning is missing', () => {
    const masked = maskLines(['plain words', body, body, '-----END PRIVATE KEY-----', 'after']);
    expect(masked.join('\n')).not.toContain(body);
    expect([masked[0], masked.at(-1)]).toEqual(['plain words', 'after']);
  });
});
