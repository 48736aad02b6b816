import { describe, expect, it } from 'vitest';
import { addressName, engineAddress } from '../../../src/engine/engine-address.ts';

describe('engineAddress', () => {
  it.each([
    ['unix:///run/docker.sock', { kind: 'unix', path: '/run/docker.sock' }],
    ['tcp://10.0.0.5:2377', { kind: 'tcp', host: '10.0.0.5', port: 2377 }],
    ['tcp://10.0.0.5', { kind: 'tcp', host: '10.0.0.5', port: 2375 }],
    ['tcp://[::1]:2375', { kind: 'tcp', host: '::1', port: 2375 }],
    ['10.0.0.5:2375', { kind: 'tcp', host: '10.0.0.5', port: 2375 }],
    ['ssh://ops@manager:2222', { kind: 'ssh', host: 'manager', user: 'ops', port: 2222 }],
    ['ssh://manager', { kind: 'ssh', host: 'manager', user: undefined, port: undefined }],
    ['ssh://ops%40corp@manager', { kind: 'ssh', host: 'manager', user: 'ops@corp', port: undefined }],
  ])('understands %s', (host, address) => {
    expect(engineAddress('prod', { host }, {})).toEqual(address);
  });

  it('speaks TLS where there is a certPath, at port 2376 unless another is named', () => {
    const certPath = '/run/secrets/prod';
    expect(engineAddress('prod', { host: 'tcp://m', certPath }, {})).toEqual({
      kind: 'tls',
      host: 'm',
      port: 2376,
      certPath,
    });
    expect(engineAddress('prod', { host: 'tcp://m:2375', certPath }, {})).toMatchObject({ port: 2375 });
  });

  it('speaks no TLS without a certPath, whatever the port', () => {
    expect(engineAddress('prod', { host: 'tcp://m:2376' }, {})).toMatchObject({ kind: 'tcp' });
  });

  it("takes Docker's environment for a cluster that names no host", () => {
    expect(engineAddress('prod', {}, {})).toEqual({ kind: 'unix', path: '/var/run/docker.sock' });
    expect(engineAddress('prod', {}, { DOCKER_HOST: 'tcp://m:1' })).toMatchObject({ kind: 'tcp', port: 1 });
    const verified = { DOCKER_HOST: 'tcp://m', DOCKER_TLS_VERIFY: '1', HOME: '/home/ops' };
    expect(engineAddress('prod', {}, verified)).toMatchObject({ kind: 'tls', certPath: '/home/ops/.docker' });
    expect(engineAddress('prod', {}, { ...verified, DOCKER_CERT_PATH: '/certs' })).toMatchObject({
      certPath: '/certs',
    });
    expect(engineAddress('prod', { certPath: '/own' }, verified)).toMatchObject({ certPath: '/own' });
  });

  it("keeps Docker's environment from a cluster that names its host", () => {
    const env = { DOCKER_HOST: 'tcp://other:1', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs' };
    expect(engineAddress('prod', { host: 'tcp://m:2375' }, env)).toEqual({
      kind: 'tcp',
      host: 'm',
      port: 2375,
    });
  });

  it('leaves DOCKER_TLS_VERIFY aside where the environment names a socket', () => {
    const env = { DOCKER_HOST: 'unix:///d.sock', DOCKER_TLS_VERIFY: '1' };
    expect(engineAddress('prod', {}, env)).toEqual({ kind: 'unix', path: '/d.sock' });
  });

  it.each([
    'unix://relative.sock',
    'http://m:2375',
    'npipe:////./pipe/docker_engine',
    'tcp://',
    'tcp://m:99999',
    'tcp://m:2375/prefix',
    'tcp://ops:hunter2@m:2375',
    'ssh://ops:hunter2@m',
    'ssh://100%@m',
  ])('refuses %s, and says what was expected but no password', (host) => {
    expect(() => engineAddress('prod', { host }, {})).toThrow(
      /^clusters\.prod\.host (?!.*hunter2).*expected unix:\/\/\/PATH, tcp:/,
    );
  });

  it('refuses a certPath for a socket', () => {
    expect(() => engineAddress('prod', { host: 'unix:///d.sock', certPath: '/c' }, {})).toThrow(
      /certPath means nothing/,
    );
  });
});

describe('addressName', () => {
  it('names an address without its user', () => {
    expect(addressName({ kind: 'ssh', host: 'm', user: 'ops', port: 22 })).toBe('ssh://m:22');
    expect(addressName({ kind: 'tls', host: '::1', port: 2376, certPath: '/c' })).toBe(
      'tcp://[::1]:2376 with TLS',
    );
    expect(addressName({ kind: 'unix', path: '/d.sock' })).toBe('unix:///d.sock');
  });
});
