import { describe, expect, it } from 'vitest';
import { maskCommand, maskEnv, maskServiceSpec } from '../../../src/swarm/masking.ts';
import type { ServiceSpec } from '../../../src/swarm/service.ts';

describe('maskEnv', () => {
  it('masks every value, whatever its name', () => {
    expect(maskEnv(['MODE=quiet', 'DB_PASSWORD=a=b\nc', 'EMPTY=', 'INHERITED'])).toEqual([
      'MODE=••••',
      'DB_PASSWORD=••••',
      'EMPTY=',
      'INHERITED',
    ]);
  });

  it('masks wholly what is no variable', () => {
    expect(maskEnv(['my secret', '=x', ''])).toEqual(['••••', '••••', '••••']);
  });
});

describe('maskCommand', () => {
  it.each([
    [['service', 'update', '--env-add', 'MODE=quiet', 'web'], 'service update --env-add MODE=•••• web'],
    [['service', 'update', '--env-add=MODE=two words', 'web'], 'service update --env-add=MODE=•••• web'],
    [
      ['service', 'create', '-e', 'MODE=quiet', '-eA=b', 'nginx'],
      'service create -e MODE=•••• -eA=•••• nginx',
    ],
    [['service', 'create', '--env', 'A=b', 'nginx'], 'service create --env A=•••• nginx'],
    [['service', 'update', '--label-add', 'tier=front', 'web'], 'service update --label-add tier=front web'],
    [
      ['service', 'update', '--label-add', 'api.key=two words', 'web'],
      'service update --label-add api.key=•••• web',
    ],
    [
      ['service', 'update', '--container-label-add=token=x', 'web'],
      'service update --container-label-add=token=•••• web',
    ],
    [
      ['service', 'update', '--log-opt', 'splunk-token=abc', 'web'],
      'service update --log-opt splunk-token=•••• web',
    ],
    [
      ['service', 'update', '--args', '--password hunter2 -v', 'web'],
      'service update --args --password •••• -v web',
    ],
    [['run', '--password', 'two words', '--token=abc', 'web'], 'run --password •••• --token=•••• web'],
    [['PASSWORD=two words'], 'PASSWORD=••••'],
    [['update', '--image', 'https://u:p@h/i'], 'update --image https://u:••••@h/i'],
  ])('masks %j', (words, masked) => {
    const result = maskCommand(words);
    expect(result.join(' ')).toBe(masked);
    expect(result).toHaveLength(words.length);
  });

  it.each([
    'service scale auth=3 passwords-api=10 key=2',
    'service update --with-registry-auth web',
    'service update --secret-add source=web_tls,target=tls --secret-rm old web',
    'service update --env-rm DB_PASSWORD --label-rm token web',
    'service ps --filter desired-state=running --no-trunc web',
    'service ls --filter label=tier=front',
    'node update --label-add zone=a n1',
    'constructor __proto__ toString',
  ])('leaves %s', (line) => {
    expect(maskCommand(line.split(' ')).join(' ')).toBe(line);
  });
});

describe('maskServiceSpec', () => {
  const spec: ServiceSpec = {
    Name: 'token-service',
    Labels: {
      tier: 'front',
      'api.key': 'abc',
      'traefik.http.routers.auth.rule': 'Host(`x`)',
      db: 'postgres://u:p@h/d',
    },
    TaskTemplate: {
      ContainerSpec: {
        Image: 'registry.example.com/auth:1.2@sha256:2d4e',
        Labels: { password: 'hunter2' },
        Command: ['server', '--token', 'abc'],
        Args: ['-v', '--password=hunter2', 'DB_PASSWORD=1234'],
        Env: ['MODE=quiet'],
        Healthcheck: {
          Test: ['CMD-SHELL', "curl -H 'Authorization: Bearer abc' http://u:p@localhost"],
          Interval: 5e9,
        },
        Mounts: [
          {
            Type: 'volume',
            Source: 'data',
            Target: '/data',
            VolumeOptions: {
              DriverConfig: { Name: 'cifs', Options: { o: 'username=u,password=p', device: '//nas/x' } },
            },
          },
        ],
        Secrets: [{ SecretID: 'abc123', SecretName: 'web_tls', File: { Name: 'tls' } }],
        Privileges: { CredentialSpec: { Config: 'cred1' }, NoNewPrivileges: true },
      },
      LogDriver: { Name: 'splunk', Options: { 'splunk-token': 'abc', tag: 'web' } },
      Placement: { Constraints: ['node.labels.key==a'] },
    },
    Mode: { Replicated: { Replicas: 3 } },
    Future: { Unknown: ['PASSWORD=x'], Null: null },
  };

  it('masks wherever a spec may hold secrets, and leaves names and numbers', () => {
    expect(maskServiceSpec(spec)).toEqual({
      Name: 'token-service',
      Labels: {
        tier: 'front',
        'api.key': '••••',
        'traefik.http.routers.auth.rule': 'Host(`x`)',
        db: 'postgres://u:••••@h/d',
      },
      TaskTemplate: {
        ContainerSpec: {
          Image: 'registry.example.com/auth:1.2@sha256:2d4e',
          Labels: { password: '••••' },
          Command: ['server', '--token', '••••'],
          Args: ['-v', '--password=••••', 'DB_PASSWORD=••••'],
          Env: ['MODE=••••'],
          Healthcheck: {
            Test: ['CMD-SHELL', "curl -H 'Authorization: ••••' http://u:••••@localhost"],
            Interval: 5e9,
          },
          Mounts: [
            {
              Type: 'volume',
              Source: 'data',
              Target: '/data',
              VolumeOptions: {
                DriverConfig: { Name: 'cifs', Options: { o: 'username=u,password=••••', device: '//nas/x' } },
              },
            },
          ],
          Secrets: [{ SecretID: 'abc123', SecretName: 'web_tls', File: { Name: 'tls' } }],
          Privileges: { CredentialSpec: { Config: 'cred1' }, NoNewPrivileges: true },
        },
        LogDriver: { Name: 'splunk', Options: { 'splunk-token': '••••', tag: 'web' } },
        Placement: { Constraints: ['node.labels.key==a'] },
      },
      Mode: { Replicated: { Replicas: 3 } },
      Future: { Unknown: ['PASSWORD=••••'], Null: null },
    });
  });

  it('never alters the spec that it is given', () => {
    const before = structuredClone(spec);
    maskServiceSpec(spec);
    expect(spec).toEqual(before);
  });

  it('masks a masked spec to the same', () => {
    const masked = maskServiceSpec(spec);
    expect(maskServiceSpec(masked)).toEqual(masked);
  });
});
