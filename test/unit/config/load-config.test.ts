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

async function check(path: string) {
  const written: string[] = [];
  const code = await checkConfig({ path }, known, (text) => written.push(text));
  return { code, text: written.join('\n') };
}

describe('shipmate check', () => {
  it('says what is in a configuration that is right', async () => {
    expect(await check('shipmate.example.yml')).toEqual({
      code: 0,
      text: 'shipmate.example.yml is right: 2 clusters, 2 channels, 2 roles, 3 grants, 2 deny rules',
    });
  });

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
