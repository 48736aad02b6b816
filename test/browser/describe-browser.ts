import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';

/**
 * A suite that drives a real Chromium: the one that CHROMIUM names (empty for none), or `chromium` on the PATH. Where there
 * is none it is left out, saying why; with CI=true that is an error.
 */
export function describeBrowser(name: string, suite: (browser: () => Browser) => void): void {
  const path = chromiumPath();
  if (path !== undefined) {
    describe(name, () => {
      let browser: Browser;
      beforeAll(async () => {
        browser = await chromium.launch({ executablePath: path, args });
      });
      afterAll(() => browser.close());
      suite(() => browser);
    });
    return;
  }
  const why = 'no chromium on the PATH (Debian: apt-get install chromium)';
  if (process.env['CI'] === 'true') throw new Error(`The tests in a browser must run here (CI=true): ${why}`);
  process.stderr.write(`\n*** The tests in a browser are NOT run: ${why}\n\n`);
  describe.todo(`${name}: needs a real browser: ${why}`);
}

function chromiumPath(): string | undefined {
  const named = process.env['CHROMIUM'];
  if (named !== undefined) return named === '' ? undefined : named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'chromium')).find((path) => existsSync(path));
}

/** A browser that asks nobody for anything; as root, Chromium's sandbox doesn't start. */
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
