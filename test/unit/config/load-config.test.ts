import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkConfig } from '../../../src/config/check-config.ts';
import { configJsonSchema } from '../../../src/config/config-json-schema.ts';
import { loadConfig } from '../../../src/config/load-config.ts';
import { known } from './known.ts';

const folder = mkdtempSync(join(tmpdir(), 'shipmate-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function problem(path: string) {
  const loaded = await loadConfig(path, known);
  expect(loaded).toHaveProperty('problems.length', 1);
  return 'problems' in loaded ? loaded.problems[0] : undefined;
}

describe('loadConfig', () => {
  it('reads a file in UTF-8, with a byte order mark or not', async () => {
    expect(await loadConfig(file('plain.yml', 'clusters: { prod: {} } # é\n'), known)).toMatchObject({
      config: { clusters: { prod: {} } },
    });
    expect(await loadConfig(file('bom.yml', '\uFEFFclusters: { prod: {} }\r\n'), known)).toMatchObject({
      config: { clusters: { prod: {} } },
    });
  });

  it('names the line that is not UTF-8', async () => {
    const path = file('latin1.yml', Buffer.from('clusters: {}\n# caf\u00e9\nroles: {}\n', 'latin1'));
    expect(await problem(path)).toEqual({
      source: path,
      position: { line: 2, column: 1 },
      path: '',
      message: 'this line is not UTF-8; save the file in UTF-8',
    });
    expect(await problem(file('utf16.yml', Buffer.from('\uFEFFroles: {}\n', 'utf16le')))).toMatchObject({
      position: { line: 1 },
    });
  });

  it('says what to do when there is no file', async () => {
    expect((await problem(join(folder, 'nowhere.yml')))?.message).toContain('there is no such file');
  });

  it('refuses what is not a file, or too large', async () => {
    mkdirSync(join(folder, 'folder.yml'));
    expect((await problem(join(folder, 'folder.yml')))?.message).toContain('not a regular file');
    expect((await problem('/dev/null'))?.message).toContain('not a regular file');
    expect((await problem(file('large.yml', `# ${'x'.repeat(200_000)}`)))?.message).toContain(
      'the file has 200002 bytes; at most 131072 are read',
    );
  });

  it('says why a file can not be read', async () => {
    expect((await problem(join(file('plain.yml', ''), 'inside.yml')))?.message).toContain('ENOTDIR');
  });
});

async function check(path: string, dockerHost?: string) {
  const written: string[] = [];
  const code = await checkConfig({ path, dockerHost }, known, (text) => written.push(text));
  return { code, text: written.join('\n') };
}

describe('shipmate check', () => {
  it('says what is in a configuration that is right', async () => {
    expect(await check('shipmate.example.yml')).toEqual({
      code: 0,
      text: [
        'shipmate.example.yml is right: 2 clusters, 2 channels, 3 roles, 4 grants, 2 deny rules',
        'Note: clusters.staging.certPath: here, "/run/secrets/staging" is without ca.pem, cert.pem, key.pem, which Shipmate needs where it runs',
        'Note: deny[0].operations[0]: no operation of this version matches "service.rm"',
        'Note: deny[0].operations[1]: no operation of this version matches "swarm.*"',
      ].join('\n'),
    });
  });

  it('has an example in which somebody may read the audit log', async () => {
    const loaded = await loadConfig('shipmate.example.yml', known);
    const { roles = {}, grants = [] } = 'config' in loaded ? loaded.config : {};
    expect(grants.some(({ role }) => roles[role]?.allow.includes('audit'))).toBe(true);
  });

  it('notes what is allowed and is not there yet, and nothing of what is', async () => {
    for (const name of ['ca.pem', 'cert.pem', 'key.pem']) file(name, '');
    const path = file(
      'notes.yml',
      `clusters: { prod: { host: tcp://m, certPath: ${folder} } }\nroles: { ops: { allow: [service.rm, '*.ls'] } }\n`,
    );
    const { code, text } = await check(path);
    expect(code).toBe(0);
    expect(text.split('\n').slice(1)).toEqual([
      'Note: roles.ops.allow[0]: no operation of this version matches "service.rm"',
    ]);
  });

  it('looks at DOCKER_HOST, too', async () => {
    const path = file('host.yml', 'clusters: { prod: {} }\n');
    expect((await check(path, 'https://m')).text).toMatch(/^DOCKER_HOST  "https:..m" is HTTP/);
    expect(await check(path, 'a b')).toMatchObject({ code: 1 });
    expect(await check(path, 'nonsense')).toEqual({
      code: 0,
      text: `${path} is right: 1 cluster, 0 channels, 0 roles, 0 grants, 0 deny rules\nNote: DOCKER_HOST: "nonsense" means tcp://nonsense, as it does to the docker CLI`,
    });
    expect((await check(path, 'tcp://m:2375')).text).not.toContain('Note');
  });

  it.each([
    ['https://x/y', '"https://x/y" is a URL; expected an image without https://'],
    ['Registry.Example.com/Shop/*', "has upper case in an image's name"],
    ['registry.example.com/shop/Web', 'expected lower case'],
    ['Nginx:1', 'expected lower case'],
  ])('refuses a pattern that no image can match: %s', async (pattern, message) => {
    expect((await problem(file('images.yml', `images: { allow: ['${pattern}'] }`)))?.message).toContain(
      message,
    );
  });

  it.each(['Registry.Example.com/shop/*', 'shop/web:V1', 'shop/*V1', 'Registry*', 'a/b@sha256:ABC', '*'])(
    'takes a pattern that an image may match: %s',
    async (pattern) => {
      expect(await loadConfig(file('image.yml', `images: { allow: ['${pattern}'] }`), known)).toHaveProperty(
        'config',
      );
    },
  );

  it('tells the mistakes in one that is not', async () => {
    const path = file('wrong.yml', 'clusters: []\nrolls: {}\n');
    expect(await check(path)).toEqual({
      code: 1,
      text: [
        `${path}:1:11  clusters: expected a map, found a list. Example: clusters: { prod: { host: tcp://10.0.0.5:2376, certPath: /run/secrets/prod }, staging: {} }`,
        `${path}:2:1  rolls: there is no key "rolls" here; did you mean "roles"? Example: roles: { viewer: { allow: [ "*.ls", "*.ps", "*.inspect" ] } }`,
      ].join('\n'),
    });
  });
});

describe('the JSON Schema', () => {
  it('describes every key, with an example', () => {
    const all = everything('', described.parse(JSON.parse(configJsonSchema())));
    const bare = all.filter(([, { description, examples = [] }]) => !description || examples.length === 0);
    expect(bare.map(([path]) => path)).toEqual([]);
    expect(all.length).toBeGreaterThan(25);
  });

  it('gives examples that are right together', async () => {
    const { properties = {} } = described.parse(JSON.parse(configJsonSchema()));
    const example = Object.fromEntries(
      Object.entries(properties).map(([key, { examples = [] }]) => [key, examples[0]]),
    );
    expect(await loadConfig(file('examples.yml', JSON.stringify(example)), known)).toHaveProperty('config');
  });
});

interface Described {
  readonly description?: string | undefined;
  readonly examples?: readonly unknown[] | undefined;
  readonly properties?: Readonly<Record<string, Described>> | undefined;
  readonly items?: Described | undefined;
  readonly additionalProperties?: Described | boolean | undefined;
}

const described: z.ZodType<Described> = z.looseObject({
  description: z.string().optional(),
  examples: z.array(z.unknown()).optional(),
  get properties() {
    return z.record(z.string(), described).optional();
  },
  get items() {
    return described.optional();
  },
  get additionalProperties() {
    return z.union([z.boolean(), described]).optional();
  },
});

type Found = readonly [path: string, node: Described];

function everything(path: string, node: Described): readonly Found[] {
  const { properties = {}, items, additionalProperties } = node;
  const found: Found[] = Object.entries(properties).map(([key, child]) => [`${path}.${key}`, child]);
  if (items) found.push([`${path}[]`, items]);
  if (typeof additionalProperties === 'object') found.push([`${path}.*`, additionalProperties]);
  return found.concat(found.flatMap(([at, child]) => everything(at, child)));
}
