import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkConfig } from '../../../src/config/check-config.ts';
import { parseDockerConfig } from '../../../src/config/docker-config.ts';
import { dockerConfigPath, loadDockerConfig } from '../../../src/config/load-docker-config.ts';
import { formatProblems } from '../../../src/config/problem.ts';
import { watchDockerConfig } from '../../../src/config/watch-docker-config.ts';
import type { RegistryAuths } from '../../../src/swarm/registry-auth.ts';
import { known } from './known.ts';

const basic = (text: string) => Buffer.from(text).toString('base64');
const server = 'registry.example.com';
const config = (entry: object, key = server) => JSON.stringify({ auths: { [key]: entry } });

function auths(json: string): Readonly<Record<string, unknown>> {
  const parsed = parseDockerConfig('config.json', json);
  return 'auths' in parsed ? Object.fromEntries(parsed.auths) : { problems: parsed.problems };
}

function told(json: string): readonly string[] {
  const parsed = parseDockerConfig('config.json', json);
  return 'problems' in parsed ? formatProblems(parsed.problems).split('\n') : [];
}

describe('the docker CLI’s config.json', () => {
  it.each([
    ['auth', { auth: basic('deploy:pass:wörd') }, { username: 'deploy', password: 'pass:wörd' }],
    ['a name and a password', { username: 'a', password: 'b' }, { username: 'a', password: 'b' }],
    ['auth, over a name beside it', { auth: basic('a:b'), username: 'c' }, { username: 'a', password: 'b' }],
    [
      'an identity token',
      { auth: basic('a:'), identitytoken: 'tok' },
      { username: 'a', identitytoken: 'tok' },
    ],
    ['a registry token', { registrytoken: 'tok' }, { registrytoken: 'tok' }],
    ['what only old clients wrote', { auth: basic('a:b'), email: 'x@y' }, { username: 'a', password: 'b' }],
  ])('gives %s', (_, entry, expected) => {
    expect(auths(config(entry))).toEqual({ [server]: { ...expected, serveraddress: server } });
  });

  it('may hold what else the CLI keeps there, and no credentials at all', () => {
    const others = { HttpHeaders: { a: 'b' }, credsStore: '', credHelpers: {}, currentContext: 'prod' };
    expect(auths(JSON.stringify(others))).toEqual({});
    expect(auths(JSON.stringify({ ...others, auths: null }))).toEqual({});
  });

  it('keeps Docker Hub’s under the names that docker login gives it', () => {
    const hub = 'https://index.docker.io/v1/';
    const both = JSON.stringify({
      auths: { [hub]: { auth: basic('a:b') }, [`${hub}access-token`]: { auth: basic('a:c') } },
    });
    expect(Object.keys(auths(both))).toEqual([hub, `${hub}access-token`]);
    for (const key of ['docker.io', 'index.docker.io', 'https://registry-1.docker.io/v2/']) {
      expect(told(config({ auth: basic('a:b') }, key))).toEqual([
        `config.json  auths["${key}"]: docker login calls Docker Hub ${hub}, and nothing is looked for under this name`,
      ]);
    }
  });

  it('tells all that is wrong at once, and nothing of what it says', () => {
    const secret = 'hunter2hunter2';
    const wrong = {
      credsStore: 'desktop',
      credHelpers: { 'gcr.io': 'gcloud' },
      auths: {
        'a.example': { auth: secret },
        'b.example': { auth: basic(secret) },
        'c.example': { username: 'deploy' },
        'd.example': {},
        'e.example': { auth: `${basic(`x:${secret}`)}\n` },
      },
    };
    const lines = told(JSON.stringify(wrong));
    expect(lines.map((line) => line.replace(/^config\.json {2}(\S+): (.{20}).*/, '$1 $2'))).toEqual([
      'credsStore Shipmate runs no hel',
      'credHelpers["gcr.io"] Shipmate runs no hel',
      'auths["a.example"] auth is not the base',
      'auths["b.example"] auth is not the base',
      'auths["c.example"] there are no credent',
      'auths["d.example"] there are no credent',
      'auths["e.example"] auth is not the base',
    ]);
    expect(lines.join()).not.toMatch(/hunter|deploy/);
  });

  it.each([
    '',
    'hunter2',
    '{"auths": {"a": {"password": "hunter2" "x"}}}',
    '"hunter2"',
    '[]',
    'null',
    '{"auths": "hunter2"}',
  ])('is not %s', (text) => {
    expect(told(text)).toHaveLength(1);
    expect(told(text).join()).not.toContain('hunter2');
  });

  it('has texts where texts belong', () => {
    expect(told('{"auths": {"a.example": {"auth": 7, "password": ["hunter2"]}}}')).toEqual([
      'config.json  auths["a.example"].auth: expected string, received number',
      'config.json  auths["a.example"].password: expected string, received array',
    ]);
  });
});

describe('the file', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'shipmate-docker-'));
    path = dockerConfigPath({ DOCKER_CONFIG: folder }) ?? '';
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is looked for where DOCKER_CONFIG says, and nowhere else', async () => {
    expect(path).toBe(join(folder, 'config.json'));
    expect(dockerConfigPath({ HOME: folder, DOCKER_CONFIG: '' })).toBeUndefined();
    expect(await loadDockerConfig(undefined)).toEqual({ auths: new Map() });
  });

  it('has to be there then', async () => {
    const problem = async (file: string) => JSON.stringify(await loadDockerConfig(file));
    expect(await problem(path)).toContain('DOCKER_CONFIG has to name the folder');
    writeFileSync(path, '{}');
    expect(await problem(join(path, 'config.json'))).toContain('not a directory');
  });

  it('is checked by shipmate check, together with the configuration', async () => {
    const shipmate = join(folder, 'shipmate.yml');
    const check = async () => {
      const lines: string[] = [];
      const files = { path: shipmate, dockerConfigPath: path };
      const code = await checkConfig(files, known, (line) => void lines.push(line));
      return [code, lines.join('\n')];
    };
    writeFileSync(shipmate, 'clusters: []\n');
    writeFileSync(path, config({}));
    expect(await check()).toEqual([
      1,
      expect.stringMatching(/clusters: expected a map[^]*there are no credentials/),
    ]);
    writeFileSync(shipmate, '');
    writeFileSync(path, config({ auth: basic('a:hunter2') }));
    expect(await check()).toEqual([0, expect.stringMatching(`${path} is right: 1 registry$`)]);
  });

  it('takes effect when it changes, and not when it is wrong', async () => {
    writeFileSync(path, config({ auth: basic('a:one') }));
    const loaded = await loadDockerConfig(path);
    if (!('auths' in loaded)) throw new Error('the test begins with a right file');
    const seen: string[] = [];
    const stop = new AbortController();
    const watching = watchDockerConfig(path, {
      current: loaded.auths,
      onChange: (next: RegistryAuths) => void seen.push(next.get(server)?.password ?? 'none'),
      onProblems: ([problem]) => void seen.push(problem?.path ?? ''),
      signal: stop.signal,
      pollEvery: 20,
      settleFor: 20,
    });
    const within = { timeout: 5_000, interval: 10 };
    writeFileSync(path, config({ auth: basic('a:two') }));
    await expect.poll(() => seen, within).toEqual(['two']);
    writeFileSync(path, config({ auth: 'two' }));
    await expect.poll(() => seen, within).toEqual(['two', `auths["${server}"]`]);
    writeFileSync(path, config({ auth: basic('a:three') }));
    await expect.poll(() => seen.at(-1), within).toBe('three');
    stop.abort();
    await watching;
  });
});
