import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { loadEnvironment } from '../../../src/config/load-environment.ts';
import { parseConfig } from '../../../src/config/parse-config.ts';
import { known } from '../../../src/known.ts';
import { metrics } from '../../../src/observability/metrics.ts';

const documents = globSync('{*.md,docs/**/*.md}').map((path) => ({ path, text: readFileSync(path, 'utf8') }));

/** As GitHub makes them of headings. */
function anchors(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('the documents', () => {
  it('link to nothing that is not there', () => {
    const dead = documents.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, link = '']) => link)
        .filter((link) => !/^[a-z]+:/.test(link))
        .filter((link) => {
          const [file = '', anchor] = link.split('#');
          const target = file === '' ? path : join(dirname(path), file);
          if (!existsSync(target)) return true;
          return anchor !== undefined && !anchors(readFileSync(target, 'utf8')).includes(anchor);
        })
        .map((link) => `${path}: ${link}`),
    );
    expect(dead).toEqual([]);
  });

  it('show code that is the code', () => {
    const examples = documents.flatMap(({ text }) => [
      ...text.matchAll(/<!-- example: (\S+) -->\s+```ts\n([\s\S]*?)```/g),
    ]);
    expect(examples.length).toBeGreaterThan(0);
    for (const [, file = '', shown = ''] of examples)
      expect(readFileSync(file, 'utf8')).toContain(shown.trim());
  });

  it('name only npm scripts that there are', () => {
    const unknown = documents.flatMap(({ path, text }) =>
      [...text.matchAll(/npm run (?:--silent )?([a-z][a-z:]*)/g)]
        .map(([, name = '']) => name)
        .filter((name) => !Object.hasOwn(manifest.scripts, name))
        .map((name) => `${path}: npm run ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it.each(['docs/install.md', 'docs/configuration.md'])('show a configuration that is right: %s', (path) => {
    const blocks = [...readFileSync(path, 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)].map(
      ([, yaml]) => yaml,
    );
    expect(parseConfig(path, blocks.join('\n'), known)).toHaveProperty('config');
  });

  it('explain every environment variable that is read', () => {
    const read = new Set<string>();
    const set: Readonly<Record<string, string>> = { SLACK_SIGNING_SECRET: 'x' };
    const env = new Proxy(set, {
      get(_, name: string) {
        read.add(name);
        return set[name];
      },
    });
    loadEnvironment(env, () => '');
    const page = readFileSync('docs/configuration.md', 'utf8');
    const named = (name: string) => page.includes(`\`${name.replace(/_FILE$/, '')}\``) || name === 'HOME';
    expect(read.size).toBeGreaterThan(10);
    expect([...read].filter((name) => !named(name))).toEqual([]);
  });

  it('promise a stack.yml that the docker CLI 20.10 takes', () => {
    expect(readFileSync('docs/install.md', 'utf8')).toContain('Docker 20.10 or newer');
    expect(readFileSync('stack.yml', 'utf8')).toMatch(/^version: '3\.9'$/m);
  });

  it('explain every variable of stack.yml, and no other', () => {
    const stack = readFileSync('stack.yml', 'utf8');
    const used = [...stack.matchAll(/\$\{([A-Z_]+)/g)].map(([, name = '']) => name);
    const guide = readFileSync('docs/install.md', 'utf8');
    const table = /\| Variable of `stack\.yml`[^]*?\n\n/.exec(guide)?.[0] ?? '';
    const rows = table
      .split('\n')
      .slice(2)
      .map((row) => row.split('|')[1] ?? '');
    const explained = rows.flatMap((cell) => [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, name = '']) => name));
    expect(new Set(explained)).toEqual(new Set(used));
  });

  it('name no metric that there is not', async () => {
    const text = await metrics().text();
    const there = [...text.matchAll(/^# HELP (shipmate_\w+)/gm)].map(([, name = '']) => name);
    const guide = readFileSync('docs/install.md', 'utf8');
    const named = [...guide.matchAll(/shipmate_\w+?_(?:total|seconds|running|connected)\b/g)].map(
      ([name]) => name,
    );
    expect(named).toContain('shipmate_slack_connected');
    expect(named.filter((name) => !there.includes(name))).toEqual([]);
  });
});
