import type { App } from '@slack/bolt';
import type { Browser, Page } from 'playwright-core';
import { openShop, type Shop } from './shop-app.ts';

const deadlineMs = 20_000;

/** A page that somebody has open, at a workspace of its own. */
interface Visit extends AsyncDisposable {
  readonly shop: Shop;
  readonly page: Page;
}

/** @param hash who one is and where: `#/U0BOB/C0DEPLOYS`. @param app another than the shop's. */
export async function visit(browser: Browser, hash = '', app?: (app: App) => void): Promise<Visit> {
  const shop = await openShop(app);
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    timezoneId: 'UTC',
  });
  context.setDefaultTimeout(deadlineMs);
  const page = await context.newPage();
  await page.goto(shop.address + hash);
  await page.getByText('The bot is connected').waitFor();
  return {
    shop,
    page,
    async [Symbol.asyncDispose]() {
      await context.close();
      await shop[Symbol.asyncDispose]();
    },
  };
}

/** Types into the channel's composer, and sends it. */
export async function type(page: Page, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Message #' });
  await composer.fill(text);
  await composer.press('Enter');
}

export async function become(page: Page, name: string): Promise<void> {
  await page.getByLabel('You are').selectOption({ label: name });
}
