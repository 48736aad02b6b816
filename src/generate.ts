import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configJsonSchema } from './config/config-json-schema.ts';
import { defaultLimits } from './engine/engine-calls.ts';
import { engineEndpoints } from './engine/engine-endpoints.ts';
import { proxyConfig } from './engine/proxy-config.ts';
import { following } from './operations/log-flags.ts';
import { referencePage } from './operations/reference-page.ts';
import { operations } from './operations/table.ts';

/** Files of the repository that are made from the code, by their paths in it. */
const generated: readonly (readonly [path: string, text: string])[] = [
  ['shipmate.schema.json', configJsonSchema()],
  ['docs/operations.md', referencePage(operations)],
  [
    'deploy/haproxy.cfg',
    proxyConfig(engineEndpoints, { call: defaultLimits.writeTimeout, stream: following.most }),
  ],
];

const root = join(import.meta.dirname, '..');
const stale = generated.filter(([path, text]) => read(path) !== text);

for (const [path, text] of stale) {
  if (process.argv.includes('--check')) {
    process.stderr.write(`${path} is not what the code makes of it; run: npm run generate\n`);
    process.exitCode = 1;
  } else {
    writeFileSync(join(root, path), text);
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}
