import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeBrowser } from './describe-browser.ts';
import { type, visit } from './visit.ts';

const Violations = z.array(
  z.object({ id: z.string(), help: z.string(), nodes: z.array(z.object({ html: z.string() })) }),
);

/** What axe finds wrong with the page as it is. */
async function mistakes(page: Page): Promise<readonly string[]> {
  await page.evaluate(`${axe.source}; undefined`);
  const found: unknown = await page.evaluate('axe.run().then(({ violations }) => violations)');
  return Violations.parse(found).flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id} (${help}): ${html}`),
  );
}

describeBrowser('the page has no mistake of accessibility that axe finds', (browser) => {
  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    it('with messages, the tour, a thread, the inspector, scenarios and the app’s home', async () => {
      await using visited = await visit(browser());
      const { page } = visited;
      await page.emulateMedia({ colorScheme });
      await type(page, '/swarm ls');
      await page.getByRole('table').waitFor();
      await type(page, '/swarm menus');
      await page.getByText('Choose a service').waitFor();
      await type(page, '/swarm file');
      await page.getByText('line 11').waitFor();
      await type(page, '/swarm change');
      await page.getByText('(edited)').waitFor();
      expect(await mistakes(page)).toEqual([]);
      await page.getByRole('button', { name: '1 reply' }).click();
      expect(await mistakes(page)).toEqual([]);
      await page.getByRole('button', { name: 'Inspector' }).click();
      await page.getByText('slash_command /swarm change').click();
      expect(await mistakes(page)).toEqual([]);
      await page.getByRole('button', { name: 'Scenarios' }).click();
      await page.getByRole('button', { name: 'Set off closing-time' }).click();
      await page.getByText('Set off at').waitFor();
      expect(await mistakes(page)).toEqual([]);
      await page.getByRole('button', { name: 'Shipmate' }).click();
      await page.getByText('has published nothing here').waitFor();
      expect(await mistakes(page)).toEqual([]);
    });

    it('with a list of commands, a form with an open menu and a mistake, and a confirm dialog', async () => {
      await using visited = await visit(browser());
      const { page } = visited;
      await page.emulateMedia({ colorScheme });
      await type(page, '/swarm ls');
      const composer = page.getByRole('textbox', { name: 'Message #' });
      await composer.fill('/');
      await page.getByRole('option', { name: /\/swarm/ }).waitFor();
      expect(await mistakes(page)).toEqual([]);
      await composer.fill('');
      await page.getByRole('button', { name: 'Scale', exact: true }).click();
      const form = page.getByRole('dialog');
      await form.getByRole('textbox', { name: 'Replicas' }).fill('many');
      await page.keyboard.press('Enter');
      await form.getByText('Please enter no more than 3').waitFor();
      await form.getByRole('combobox', { name: 'Owner' }).click();
      expect(await mistakes(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Remove' }).click();
      await page.getByRole('alertdialog').waitFor();
      expect(await mistakes(page)).toEqual([]);
    });
  });
});
