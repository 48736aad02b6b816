import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectEngines } from '../../../src/engine/connect-engines.ts';
import { engineServer, failureOf, json, service } from './engine-server.ts';

const pipeTo = (host: string) => `
  const { connect } = require('node:net');
  const wanted = '-T -o BatchMode=yes -o ConnectTimeout=10 -l ops -p 2222 -- manager docker system dial-stdio';
  if (process.argv.slice(2).join(' ') !== wanted) throw new Error(process.argv.join(' '));
  if (process.env.SLACK_BOT_TOKEN) throw new Error('secrets in the environment');
  const socket = connect(${JSON.stringify(host.replace('unix://', ''))});
  process.stdin.pipe(socket).pipe(process.stdout);
`;

describe('an engine behind ssh', () => {
  let folder: string;
  let ssh: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shipmate-ssh-'));
    ssh = join(folder, 'ssh');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  /** A program in ssh's place: it is given ssh's arguments, and its input and output are the connection. */
  async function sshIs(body: string): Promise<void> {
    await writeFile(ssh, `#!${process.execPath}\n${body}`);
    await chmod(ssh, 0o755);
  }

  it('is reached through docker system dial-stdio, one connection for many calls', async () => {
    await using server = await engineServer(json(service('web', { Note: 'x'.repeat(500_000) })));
    await sshIs(pipeTo(server.host));
    await using engines = connectEngines({ prod: { host: 'ssh://ops@manager:2222' } }, {}, { ssh });
    const engine = engines.get('prod');
    for (let i = 0; i < 3; i += 1)
      expect(await engine.service('web')).toMatchObject({ Spec: { Name: 'web' } });
    const spec = { Name: 'web', TaskTemplate: {}, Labels: { long: 'y'.repeat(500_000) } };
    await engine.updateService({ id: 'x', version: 7, spec });
    expect(server.received.at(-1)?.body).toHaveLength(JSON.stringify(spec).length);
    expect(server.connections()).toBe(1);
  });

  it('that ssh refuses is told in the words of ssh', async () => {
    await sshIs(
      `process.stderr.write('ops@manager: Permission denied (publickey).\\n'); process.exitCode = 255;`,
    );
    await using engines = connectEngines({ prod: { host: 'ssh://ops@manager' } }, {}, { ssh });
    const failure = await failureOf(engines.get('prod').info());
    expect(failure).toMatchObject({ kind: 'unavailable', reason: 'unreachable' });
    expect(failure.message).toContain('ssh says "ops@manager: Permission denied (publickey)."');
  });

  it('can not be reached without an ssh', async () => {
    await using engines = connectEngines({ prod: { host: 'ssh://manager' } }, {}, { ssh });
    const failure = await failureOf(engines.get('prod').info());
    expect(failure).toMatchObject({ reason: 'unreachable' });
    expect(failure.message).toMatch(
      /ssh can't be started where Shipmate runs \(.*ENOENT\)\. Is it installed/,
    );
  });

  it('that hangs is given up, and its ssh ended', async () => {
    await using server = await engineServer(() => {});
    await sshIs(pipeTo(server.host));
    const limits = { readTimeout: 1500, writeTimeout: 1500, maxBody: 1000 };
    await using engines = connectEngines({ prod: { host: 'ssh://ops@manager:2222' } }, {}, { ssh, limits });
    expect(await failureOf(engines.get('prod').info())).toMatchObject({ reason: 'timed-out' });
    await expect.poll(server.open, { timeout: 5000 }).toBe(0);
  });
});
