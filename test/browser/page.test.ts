import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeBrowser } from './describe-browser.ts';
import { become, type, visit } from './visit.ts';

const alone = (page: Page) => page.getByText('Only visible to you');

describeBrowser('the workspace’s page', (browser) => {
  it('completes a slash command as it is typed, and shows the answer to who typed it alone', async () => {
    await using visited = await visit(browser());
    const { page } = visited;
    const composer = page.getByRole('textbox', { name: 'Message #deploys' });
    await composer.pressSequentially('/s');
    await page.getByRole('option', { name: /\/swarm/ }).waitFor();
    await composer.press('Tab');
    await composer.pressSequentially('ls');
    await composer.press('Enter');
    await page.getByRole('cell', { name: 'replicated' }).waitFor();
    expect(await alone(page).count()).toBe(1);
    expect(await page.getByRole('heading', { name: 'Services in *prod*' }).count()).toBe(1);
    await become(page, 'Bob, viewer');
    await page.getByText('This is the very beginning of #deploys').waitFor();
    expect(await alone(page).count()).toBe(0);
  });

  it('shows a message edited in place, and its thread', async () => {
    await using visited = await visit(browser());
    const { page } = visited;
    await type(page, '/swarm change');
    await page.getByText('runs 3 of 3 ✅').waitFor();
    expect(await page.getByText('(edited)').count()).toBe(1);
    expect(await page.getByText('from 2 to 3').count()).toBe(0);
    await page.getByRole('button', { name: '1 reply' }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('web.3 is starting').waitFor();
    await thread.getByRole('textbox', { name: 'Reply' }).fill('/swarm ls');
    await page.keyboard.press('Enter');
    await thread.getByText('is not supported in threads').waitFor();
  });

  it('mentions whom one names, and the app hears of it', async () => {
    await using visited = await visit(browser());
    const { page } = visited;
    const composer = page.getByRole('textbox', { name: 'Message #deploys' });
    await composer.pressSequentially('hey @ali');
    await page.getByRole('option', { name: '@alice' }).waitFor();
    await composer.press('Enter');
    await composer.pressSequentially('and @ship');
    await composer.press('Tab');
    await composer.press('Enter');
    await page.getByText('hey @alice and @Shipmate').waitFor();
    await page.getByRole('button', { name: '1 reply' }).click();
    await page.getByRole('complementary', { name: 'Thread' }).getByText('@alice hello').waitFor();
  });

  it('opens a form, shows what is wrong at its field, and submits what was chosen from the app’s options', async () => {
    await using visited = await visit(browser());
    const { page } = visited;
    await type(page, '/swarm ls');
    await page.getByRole('button', { name: 'Scale', exact: true }).click();
    const form = page.getByRole('dialog', { name: 'Scale web' });
    const replicas = form.getByRole('textbox', { name: 'Replicas' });
    expect(await replicas.inputValue()).toBe('2');
    await replicas.fill('');
    await form.getByRole('button', { name: 'Scale', exact: true }).click();
    await form.getByText('Please complete this required field.').waitFor();
    await replicas.fill('abc');
    await form.getByRole('button', { name: 'Scale', exact: true }).click();
    await form.getByText('Give a number, such as 3.').waitFor();
    await form.getByRole('combobox', { name: 'Image' }).pressSequentially('app');
    await form.getByRole('option', { name: 'Image app:2' }).click();
    await replicas.fill('3');
    await form.getByRole('button', { name: 'Scale', exact: true }).click();
    await page.getByText('scales web to 3 with Image app:2').waitFor();
    expect(await form.count()).toBe(0);
  });

  it('asks before it presses what wants to be confirmed', async () => {
    await using visited = await visit(browser());
    const { page, shop } = visited;
    await type(page, '/swarm ls');
    await page.getByRole('button', { name: 'Remove' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Remove web?' });
    await dialog.getByText('Its tasks are stopped.').waitFor();
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(shop.workspace.deliveries.filter(({ type }) => type === 'interactive')).toEqual([]);
    await page.getByRole('button', { name: 'Remove' }).click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('@alice removed web').waitFor();
  });

  it('lets one be somebody else, who is refused', async () => {
    await using visited = await visit(browser(), '#/U0BOB/C0DEPLOYS');
    const { page } = visited;
    await type(page, '/swarm ls');
    await page.getByRole('button', { name: 'Scale', exact: true }).click();
    await page.getByText('You may not scale services here.').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('chooses from a menu by what is typed', async () => {
    await using visited = await visit(browser());
    const { page } = visited;
    await type(page, '/swarm menus');
    const menu = page.getByRole('combobox', { name: 'Choose a service' });
    await menu.click();
    const options = page.getByRole('listbox').getByRole('option');
    expect(await options.count()).toBe(3);
    await menu.pressSequentially('work');
    expect(await options.count()).toBe(1);
    await menu.press('Enter');
    await page.getByText('you chose worker').waitFor();
  });

  it('can be used by keyboard alone', async () => {
    await using visited = await visit(browser());
    const { page } = visited;
    const { keyboard } = page;
    await keyboard.type('/sw');
    await keyboard.press('Enter');
    await keyboard.type('ls');
    await keyboard.press('Enter');
    await page.getByRole('button', { name: 'Scale', exact: true }).waitFor();
    await keyboard.press('Shift+Tab');
    await keyboard.press('Shift+Tab');
    await keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Scale web' }).waitFor();
    await keyboard.press('ControlOrMeta+a');
    await keyboard.type('7');
    await keyboard.press('Enter');
    await page.getByText('scales web to 7').waitFor();
    await keyboard.press('Alt+ArrowDown');
    await page.getByRole('heading', { name: '# staging' }).waitFor();
    await keyboard.press('Alt+ArrowUp');
    await page.getByRole('heading', { name: '# deploys' }).waitFor();
  });

  it('marks a channel as unread until it is looked at, with a number for what is meant for one', async () => {
    await using visited = await visit(browser(), '#/U0ALICE/C0STAGING');
    const { page, shop } = visited;
    const entry = page.getByRole('button', { name: 'deploys' });
    shop.workspace.as('U0BOB').say('C0DEPLOYS', 'good morning');
    await page.getByRole('button', { name: 'deploys, 1 unread' }).waitFor();
    expect(await entry.locator('.entry__badge').count()).toBe(0);
    await shop.workspace.as('U0ALICE').command('C0DEPLOYS', '/swarm', 'change');
    await page.getByRole('button', { name: 'deploys, 2 unread' }).waitFor();
    await entry.click();
    await page.getByText('good morning').waitFor();
    await page.getByRole('button', { name: 'staging' }).click();
    await page.getByRole('heading', { name: '# staging' }).waitFor();
    expect(await page.getByText('unread').count()).toBe(0);
    await become(page, 'Carol, approver');
    await page.getByRole('button', { name: 'deploys, 2 unread' }).waitFor();
  });

  it('shows a snippet as text, whatever it holds', async () => {
    await using visited = await visit(browser());
    const { page } = visited;
    await type(page, '/swarm file');
    await page.getByText('line 11 <b>not bold</b>').waitFor();
    expect(await page.getByText('line 19').count()).toBe(0);
    await page.getByRole('button', { name: 'Show all 20 lines' }).click();
    await page.getByText('line 19').waitFor();
  });

  it('shows the app’s home tab and the conversation with it', async () => {
    await using visited = await visit(browser());
    const { page } = visited;
    await page.getByRole('button', { name: 'Shipmate' }).click();
    await page.getByText('Shipmate has published nothing here.').waitFor();
    await page.getByRole('tab', { name: 'Messages' }).click();
    await page.getByRole('textbox', { name: 'Message Shipmate' }).fill('/swarm home');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Home' }).click();
    await page.getByText('Two services, all well').waitFor();
  });

  it('shows every call and payload in the inspector, and finds one by a word', async () => {
    await using visited = await visit(browser());
    const { page } = visited;
    await type(page, '/swarm change');
    await page.getByText('(edited)').waitFor();
    await page.getByRole('button', { name: 'Inspector' }).click();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByText('slash_command /swarm change').click();
    await inspector.getByText('"channel_name": "deploys"').waitFor();
    await inspector.getByLabel('Filter').fill('chat.update');
    expect(await inspector.getByRole('listitem').count()).toBe(1);
    await inspector.getByText('chat.update').click();
    await inspector.getByText('runs 3 of 3').first().waitFor();
  });

  it('ticks off the first steps as they are done', async () => {
    await using visited = await visit(browser());
    const { page } = visited;
    expect(await page.getByRole('img', { name: 'Done' }).count()).toBe(0);
    await page.getByRole('button', { name: '/swarm ls' }).click();
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: 'Done' }).waitFor();
    expect(await page.getByRole('img', { name: 'To do' }).count()).toBe(4);
  });

  it('sets off a scenario, and shows what comes of it', async () => {
    await using visited = await visit(browser(), '#/U0ALICE/C0RANDOM');
    const { page } = visited;
    await page.getByRole('heading', { name: '# random' }).waitFor();
    await page.getByRole('button', { name: 'Scenarios' }).click();
    await page.getByRole('button', { name: 'Set off closing-time' }).click();
    await page.getByRole('heading', { name: '# deploys' }).waitFor();
    expect(await page.getByRole('button', { name: 'random' }).count()).toBe(0);
  });

  it('says when the sandbox isn’t there, keeps what was typed, and goes on when it is there again', async () => {
    await using visited = await visit(browser());
    const { page, shop } = visited;
    const reopen = await shop.close();
    await page.getByText('The sandbox isn’t running').first().waitFor();
    await type(page, 'hello');
    await page.getByRole('alert').getByText('the connection to it was lost').waitFor();
    expect(await page.getByRole('textbox', { name: 'Message #' }).inputValue()).toBe('hello');
    shop.workspace.as('U0BOB').say('C0DEPLOYS', 'said meanwhile');
    await reopen();
    await page.getByText('The bot is connected').waitFor();
    await page.getByText('said meanwhile').waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('article', { name: /Alice/ }).getByText('hello').waitFor();
  });

  it('is dark where the system is, and as one likes', async () => {
    await using visited = await visit(browser());
    const { page } = visited;
    const ground = () => page.evaluate("getComputedStyle(document.querySelector('.page')).color");
    await expect.poll(ground).toBe('rgb(29, 28, 29)');
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(ground).toBe('rgb(214, 215, 217)');
    await page.getByRole('button', { name: 'Theme: system' }).click();
    await expect.poll(ground).toBe('rgb(29, 28, 29)');
  });
});
