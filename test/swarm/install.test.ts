import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { describeSwarm } from '../lab/describe-swarm.ts';
import { runDockerfile } from '../lab/dockerfile-steps.ts';
import { addPrograms, importImage } from '../lab/import-image.ts';
import { dockerConfig } from '../lab/private-registry.ts';

const run = promisify(execFile);
const Reachable = z.object({ apiUrl: z.string(), botToken: z.string(), appToken: z.string() });
const Answered = z.object({ answer: z.string() });
const haproxy = '/usr/sbin/haproxy';
const config = `
clusters: { prod: {} }
channels: { C0DEPLOYS: { cluster: prod } }
roles: { viewer: { allow: ["*.ls"] } }
grants: [{ role: viewer, to: [everyone] }]
`;

/** As docs/install.md says for private registries: without the comment signs of the lines about `docker_config`. */
function withDockerConfig(stack: string): string {
  return stack.replaceAll(/^(\s*)# (.*(?:docker_config|DOCKER_CONFIG).*)$/gm, '$1$2');
}

/** No engine of the lab can pull node:24, so the image's root is made of the Dockerfile's steps and npm's Node. */
describeSwarm('an installation by Dockerfile and stack.yml', (lab) => {
  const parts = new AsyncDisposableStack();
  const stack = `shipmate${lab.engine}`;
  let dir: string;
  let root: string;
  let workspace: ChildProcessByStdio<Writable, Readable, null>;
  let told: AsyncIterator<string, unknown>;

  /** The next line of the workspace's process. */
  async function next(): Promise<unknown> {
    const { value }: IteratorResult<string, unknown> = await told.next();
    return JSON.parse(String(value));
  }

  /** The one running container of a service, from its engine's own point of view. */
  async function inspected(service: string, format: string): Promise<string> {
    const id = await lab.docker('ps', '--quiet', '--filter', `name=${stack}_${service}\\.`);
    return id === '' ? 'no container' : lab.docker('inspect', '--format', format, id);
  }

  /** Runs a program of this machine in the network of Shipmate's container. */
  async function within(...words: string[]): Promise<string> {
    const pid = await inspected('shipmate', '{{.State.Pid}}');
    const { stdout } = await run('nsenter', ['--net', '--target', pid, ...words], { timeout: 20_000 });
    return stdout;
  }

  /** By the CLI of Docker 20.10 where that is the engine: it knows less of such files than the lab's own client does. */
  async function deploy(settings: Readonly<Record<string, string>>, file: string): Promise<void> {
    const words = ['--compose-file', file, stack];
    if (lab.engine !== '20')
      return void (await lab.dockerWith(settings, 'stack', 'deploy', '--detach', ...words));
    const env = { ...process.env, ...settings };
    await run('docker', ['--host', `unix://${lab.socket(1)}`, 'stack', 'deploy', ...words], {
      env,
      timeout: 60_000,
    });
  }

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'shipmate-install-'));
    parts.defer(() => rm(dir, { recursive: true }));
    root = join(dir, 'shipmate');
    await mkdir(root);
    const changes = await runDockerfile(root);
    await addPrograms(root, [process.execPath]);
    const image = await importImage(lab, root, 'shipmate:test', changes);

    const proxyRoot = join(dir, 'proxy');
    await addPrograms(proxyRoot, [haproxy]);
    const proxyImage = await importImage(lab, proxyRoot, 'haproxy:test', []);

    workspace = spawn(
      'ip',
      [
        'netns',
        'exec',
        `${basename(lab.dir)}-hub`,
        process.execPath,
        'test/lab/workspace-process.ts',
        `${lab.net}.1`,
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    parts.defer(async () => {
      workspace.kill();
      if (workspace.exitCode === null && workspace.signalCode === null) await once(workspace, 'exit');
    });
    told = createInterface({ input: workspace.stdout })[Symbol.asyncIterator]();
    const { apiUrl, botToken, appToken } = Reachable.parse(await next());

    for (const [name, secret] of [
      ['slack_bot_token', botToken],
      ['slack_app_token', appToken],
      ['docker_config', dockerConfig(lab)],
    ] as const) {
      await writeFile(join(dir, name), secret);
      await lab.docker('secret', 'create', name, join(dir, name));
      parts.defer(async () => void (await lab.docker('secret', 'rm', name)));
    }
    await lab.docker('node', 'update', '--label-add', 'shipmate=true', 'node1');
    await writeFile(join(dir, 'shipmate.yml'), config);
    parts.defer(async () => {
      await lab.docker('stack', 'rm', stack);
      // Secrets can be removed only when no task uses them any more.
      await vi.waitFor(
        async () => {
          if ((await lab.docker('ps', '--quiet', '--filter', `name=${stack}_`)) !== '')
            throw new Error('it still runs');
        },
        { timeout: 60_000, interval: 500 },
      );
    });
    const settings = {
      SHIPMATE_IMAGE: image,
      PROXY_IMAGE: proxyImage,
      DOCKER_SOCKET: lab.socket(1),
      SHIPMATE_YML: join(dir, 'shipmate.yml'),
      SLACK_API_URL: apiUrl,
    };
    const file = join(dir, 'stack.yml');
    await writeFile(file, withDockerConfig(readFileSync('stack.yml', 'utf8')));
    await symlink(resolve('deploy'), join(dir, 'deploy'));
    await deploy(settings, file);
  });
  afterAll(() => parts.disposeAsync());

  it('puts into the image what runs, and nothing else', () => {
    const names = readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' });
    const built = ['health-probe.js', 'health-probe.js.map', 'shipmate.js', 'shipmate.js.map'];
    expect(names.toSorted()).toEqual(['dist', ...built.map((name) => `dist/${name}`), 'package.json']);
    const map = readFileSync(join(root, 'app/dist/shipmate.js.map'), 'utf8');
    expect(map).toContain('src/main.ts');
    expect(map).not.toContain('src/sandbox');
  });

  it('connects to Slack, and its health check is content', async () => {
    expect(await next()).toEqual({ connected: true });
    const probe = join(root, 'app/dist/health-probe.js');
    await within('env', 'HEALTH_PORT=9080', process.execPath, probe);
  });

  it('has the credentials for private registries, for itself alone', async () => {
    const pid = await inspected('shipmate', '{{.State.Pid}}');
    const { stdout } = await run('stat', [
      '--format',
      '%u %a',
      `/proc/${pid}/root/run/secrets/docker/config.json`,
    ]);
    expect(stdout.trim()).toBe('1000 400');
    expect(await inspected('shipmate', '{{.Config.Env}}')).toContain('DOCKER_CONFIG=/run/secrets/docker');
  });

  it('answers a command, by way of the proxy alone', async () => {
    workspace.stdin.write('node ls\n');
    const { answer } = Answered.parse(await next());
    expect(answer).toMatch(/node1[\s\S]*node3/);
    expect(await inspected('shipmate', '{{range .Mounts}}{{.Destination}} {{end}}')).not.toContain(
      'docker.sock',
    );
  });

  it('runs without root, without capabilities, on a root that is read-only', async () => {
    const format = '{{.Config.User}} {{.HostConfig.CapDrop}} {{.HostConfig.ReadonlyRootfs}}';
    expect(await inspected('shipmate', format)).toBe('1000:1000 [ALL] true');
  });

  it('says that it is ready, and what it counted', async () => {
    const ask = (path: string) =>
      within(
        process.execPath,
        '-e',
        `fetch('http://127.0.0.1:9080${path}').then(r => r.text()).then(console.log)`,
      );
    expect(JSON.parse(await ask('/readyz'))).toEqual({
      ready: true,
      slack: true,
      database: true,
      clusters: { prod: true },
    });
    expect(await ask('/metrics')).toContain(
      'shipmate_requests_total{operation="node.ls",entry="command",decision="allowed",outcome="done"} 1',
    );
  });

  it('becomes healthy by its own health check', async () => {
    // The lab's Docker 28 runs in a chroot, and what it execs in a container lands outside of it: no health check can run.
    const status = lab.engine === '20' ? 'healthy' : 'starting';
    await expect
      .poll(() => inspected('shipmate', '{{.State.Health.Status}}'), { timeout: 60_000, interval: 500 })
      .toBe(status);
  });

  it('is backed up while it runs, as docs/install.md says', async () => {
    const data = await inspected(
      'shipmate',
      '{{range .Mounts}}{{if eq .Destination "/data"}}{{.Source}}{{end}}{{end}}',
    );
    const script = /node -e "(const s = [^"]+)"/.exec(readFileSync('docs/install.md', 'utf8'))?.[1] ?? '';
    await run(process.execPath, ['-e', script.replaceAll('/data', data)]);
    const env = { ...process.env, DATABASE_URL: `sqlite:${join(data, 'backup.db')}` };
    const { stdout } = await run(process.execPath, [join(root, 'app/dist/shipmate.js'), 'audit', 'verify'], {
      env,
    });
    expect(stdout).toMatch(/intact/);
  });

  it('stops at SIGTERM by itself, well before it would be killed', async () => {
    const id = await lab.docker('ps', '--quiet', '--filter', `name=${stack}_shipmate\\.`);
    await lab.docker('service', 'scale', '--detach', `${stack}_shipmate=0`);
    const state = () => lab.docker('inspect', '--format', '{{.State.Status}} {{.State.ExitCode}}', id);
    await expect.poll(state, { timeout: 30_000 }).toBe('exited 0');
  });

  it('is what docs/install.md says: each file that the guide names is there', () => {
    const guide = readFileSync('docs/install.md', 'utf8');
    const named = [...guide.matchAll(/`((?:deploy\/)?[\w.-]+\.(?:yml|cfg))`/g)].map(([, path = '']) => path);
    expect(named.filter((path) => path !== 'shipmate.yml' && !existsSync(path))).toEqual([]);
  });
});
