import { build } from 'vite';

const folder = 'src/sandbox/page/ui';
/** Names bear a hash of the content from here on. */
const assets = 'assets/';

interface Asset {
  readonly content: string | Uint8Array;
  readonly type: string;
  /** Its name changes when it does. */
  readonly isLasting: boolean;
}

/** The page's files by path: `/`, `/assets/index-C0FFEE.js`. */
export type Bundle = ReadonlyMap<string, Asset>;

/**
 * Builds the page from its sources, in memory: it takes a fraction of a second, and nothing can be stale.
 * @throws when the sources have a mistake.
 */
export async function bundlePage(): Promise<Bundle> {
  const built = await build({
    root: folder,
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    build: { write: false, modulePreload: { polyfill: false }, target: 'esnext' },
  });
  const outputs = Array.isArray(built) ? built : 'output' in built ? [built] : [];
  return new Map(
    outputs
      .flatMap(({ output }) => output)
      .map((file) => [
        file.fileName === 'index.html' ? '/' : `/${file.fileName}`,
        {
          content: file.type === 'chunk' ? file.code : file.source,
          type: typeOf(file.fileName),
          isLasting: file.fileName.startsWith(assets),
        },
      ]),
  );
}

function typeOf(name: string): string {
  const end = name.slice(name.lastIndexOf('.'));
  return types[end] ?? 'application/octet-stream';
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
