import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { type Swarm, startSwarm } from '../../src/sandbox/swarm/swarm.ts';
import { freePort, startBot, transports } from '../bot/start-bot.ts';
import { shown } from '../bot/shown.ts';
import { imageStart } from '../lab/dockerfile.ts';

const run = promisify(execFile);
const channel = 'C0DEPLOYS';
const alice = 'U0ALICE';

/** What `npm run build` makes, started as the image starts it, in a folder from which no dependency can be found. */
describe('the build', () => {
  let app: string;
  let swarm: Swarm;
  let program: readonly string[];
  let config: string;
  beforeAll(async () => {
    swarm = await startSwarm({ nodes: 1 });
    app = await mkdtemp(join(tmpdir(), 'shipmate-build-'));
    await cp('package.json', join(app, 'package.json'));
    await run('npm', ['run', 'build', '--', '--dir', join(app, 'dist')]);
    const image = await imageStart();
    program = image.program.map((word) => (word.startsWith('dist/') ? join(app, word) : word));
    config = `
clusters: { prod: { host: "${swarm.dockerHost}" } }
channels: { ${channel}: { cluster: prod } }
roles: { operator: { allow: ["*"] } }
grants: [{ role: operator, to: [S0SRE] }]
`;
  }, 120_000);
  afterAll(async () => {
    await swarm?.[Symbol.asyncDispose]();
    await rm(app, { recursive: true });
  });

  it('says the version of package.json', async () => {
    const { stdout } = await run(process.execPath, [...program, '--version']);
    expect(stdout).toBe(`${manifest.version}\n`);
  });

  it('checks a configuration', async () => {
    const env = { ...process.env, SHIPMATE_CONFIG: 'shipmate.example.yml' };
    const { stdout } = await run(process.execPath, [...program, 'check'], { env });
    expect(stdout).toMatch(/^shipmate\.example\.yml is right: \d+ cluster/);
  });

  it.each(transports)('answers a command over %s, and is healthy', async (transport) => {
    const healthPort = String(await freePort());
    await using bot = await startBot({ transport, config, program, env: { HEALTH_PORT: healthPort } });
    await bot.workspace.as(alice).command(channel, '/swarm', 'node ls');
    const answer = await bot.workspace.waitFor(() => bot.workspace.ephemerals(alice, channel)[0], 10_000);
    expect(shown(answer)).toContain('node1');
    const env = { HEALTH_PORT: healthPort };
    await run(process.execPath, [join(app, 'dist/health-probe.js')], { env });
    expect(await bot.stop('SIGTERM')).toBe(0);
  });

  it('leads back from a stack trace to the sources, as docs/install.md says', async () => {
    const guide = await readFile('docs/install.md', 'utf8');
    const script = /node -p "(.*findOrigin.*)"/.exec(guide)?.[1] ?? '';
    const before = (await readFile(join(app, 'dist/shipmate.js'), 'utf8')).split(
      'Docker Swarm, run from Slack.',
    )[0];
    const lines = before?.split('\n') ?? [];
    const place = `${lines.length}, ${lines.at(-1)?.length}`;
    const { stdout } = await run(process.execPath, ['-p', script.replace('LINE, COLUMN', place)], {
      cwd: app,
    });
    expect(stdout).toContain('src/main.ts');
  });
});
