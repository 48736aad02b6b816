import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };

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
});
