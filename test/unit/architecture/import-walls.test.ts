import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * The table of docs/architecture.md: who may import whom. A file may always import from its own folder. `interface`
 * means the one file that holds another folder's interface.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  swarm: [],
  policy: ['swarm'],
  operations: ['swarm', 'engine/engine.ts', 'store/store.ts'],
  dispatch: ['swarm', 'policy', 'operations', 'engine/engine.ts', 'store/store.ts'],
  engine: ['swarm'],
  store: ['swarm'],
  slack: ['swarm', 'dispatch/request.ts'],
  config: ['swarm', 'policy'],
  observability: ['swarm', 'store/store.ts'],
  sandbox: [],
};

/** What each library is behind: nobody else may import it. */
const keepers: Readonly<Record<string, string>> = {
  dockerode: 'engine',
  'docker-modem': 'engine',
  '@slack/bolt': 'slack',
  '@slack/web-api': 'slack',
  '@slack/socket-mode': 'slack',
  '@slack/types': 'slack',
  kysely: 'store',
  'node:sqlite': 'store',
  'prom-client': 'observability',
  react: 'sandbox',
  'react-dom/client': 'sandbox',
  vite: 'sandbox',
  ws: 'sandbox',
};

/** Parts of Node that reach nothing outside: formatting, hashing, arithmetic on addresses (`BlockList`). */
const arithmetic = ['node:util', 'node:crypto', 'node:net'];

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly target: string;
}

const imports: readonly Import[] = globSync('src/**/*.{ts,tsx}').flatMap((path) => {
  const file = path.slice('src/'.length);
  const text = readFileSync(path, 'utf8');
  const found = text.matchAll(
    /^(?:import|export)\s[^;]*?from '([^']+)';|^import '([^']+)';|import\('([^']+)'\)/gms,
  );
  return [...found].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    return {
      file,
      folder: file.includes('/') ? file.slice(0, file.indexOf('/')) : '',
      target: specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : specifier,
    };
  });
});

describe('the walls between the folders of src', () => {
  it('knows every folder', () => {
    const folders = new Set(imports.map(({ folder }) => folder).filter((folder) => folder !== ''));
    expect([...folders].filter((folder) => !(folder in mayImport))).toEqual([]);
  });

  it('are not climbed over', () => {
    const climbed = imports.filter(({ folder, target }) => {
      const allowed = mayImport[folder];
      const ours = /\.tsx?$/.test(target);
      if (allowed === undefined || !ours || target.startsWith(`${folder}/`)) return false;
      return !allowed.some(
        (wall) => target === wall || (!wall.endsWith('.ts') && target.startsWith(`${wall}/`)),
      );
    });
    expect(climbed.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it('keep a library behind its adapter', () => {
    const leaked = imports.filter(
      ({ folder, target }) =>
        keepers[target] !== undefined && keepers[target] !== folder && folder !== 'sandbox',
    );
    expect(leaked.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it('keep I/O out of what is pure', () => {
    const impure = imports.filter(
      ({ folder, target }) =>
        (folder === 'swarm' || folder === 'policy') &&
        target.startsWith('node:') &&
        !arithmetic.includes(target),
    );
    expect(impure.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });
});
