import type { App } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { expect, it } from 'vitest';
import { describeBrowser } from './describe-browser.ts';
import { type, visit } from './visit.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const options = ['web', 'api', 'worker'].map((value) => ({ text: plain(`Service ${value}`), value }));
const input = (id: string, element: Extract<KnownBlock, { type: 'input' }>['element']) => ({
  type: 'input' as const,
  block_id: id,
  label: plain(id),
  optional: true,
  element: { ...element, action_id: 'value' },
});

const form: ModalView = {
  type: 'modal',
  callback_id: 'all',
  title: plain('Everything'),
  submit: plain('Send'),
  blocks: [
    input('Text', { type: 'plain_text_input', multiline: true }),
    input('Number', { type: 'number_input', is_decimal_allowed: false, max_value: '20' }),
    input('Mail', { type: 'email_text_input', initial_value: 'a@b.example' }),
    input('Rich', { type: 'rich_text_input' }),
    input('Date', { type: 'datepicker' }),
    input('Time', { type: 'timepicker' }),
    input('Moment', { type: 'datetimepicker' }),
    input('Boxes', { type: 'checkboxes', options, initial_options: options.slice(0, 1) }),
    input('Radio', { type: 'radio_buttons', options }),
    input('One', { type: 'static_select', options }),
    input('Many', { type: 'multi_static_select', options, max_selected_items: 2 }),
    input('Person', { type: 'users_select' }),
    input('Place', { type: 'conversations_select' }),
  ],
};

const shown: readonly KnownBlock[] = [
  { type: 'divider' },
  {
    type: 'context',
    elements: [{ type: 'mrkdwn', text: 'by <@U0BOB> at <!date^0^{date_num}|then>' }, plain('*plain*')],
  },
  { type: 'section', fields: [plain('field one'), { type: 'mrkdwn', text: '*field two*' }] },
  {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_list',
        style: 'ordered',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'first item' }] }],
      },
      { type: 'rich_text_quote', elements: [{ type: 'link', url: 'javascript:alert(1)', text: 'a trap' }] },
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text: '<b>*code*</b>' }] },
    ],
  },
  { type: 'actions', elements: [{ type: 'overflow', action_id: 'more', options: options.slice(0, 2) }] },
  {
    type: 'actions',
    elements: [{ type: 'datepicker', action_id: 'day', initial_date: '2026-11-21' }],
  },
];

function listen(app: App): void {
  const told: string[] = [];
  app.command('/swarm', async ({ ack, command, client, respond }) => {
    await ack();
    if (command.text === 'form') await client.views.open({ trigger_id: command.trigger_id, view: form });
    else await respond({ text: 'blocks', blocks: [...shown] });
  });
  app.view('all', async ({ ack, view, client }) => {
    await ack();
    for (const [block, { value }] of Object.entries(view.state.values)) {
      const { type: _, ...rest } = value ?? { type: '' };
      told.push(`${block}: ${JSON.stringify(Object.values(rest)[0])}`);
    }
    await client.chat.postMessage({ channel: 'C0DEPLOYS', text: told.join('\n') });
  });
  app.action(/more|day/, async ({ ack, action, respond }) => {
    await ack();
    const { type: _, ...rest } = action;
    await respond({ text: JSON.stringify(rest), replace_original: false });
  });
}

describeBrowser('every element', (browser) => {
  it('can be filled in, and is submitted as Slack submits it', async () => {
    await using visited = await visit(browser(), '', listen);
    const { page, shop } = visited;
    await type(page, '/swarm form');
    const dialog = page.getByRole('dialog', { name: 'Everything' });
    await dialog.getByRole('textbox', { name: 'Text' }).fill('two\nlines');
    await dialog.getByRole('textbox', { name: 'Number' }).fill('21');
    await dialog.getByRole('textbox', { name: 'Rich' }).fill('rich');
    await dialog.getByLabel('Date', { exact: true }).fill('2026-12-24');
    await dialog.getByLabel('Time', { exact: true }).fill('18:30');
    await dialog.getByLabel('Moment', { exact: true }).fill('2026-12-24T18:30');
    await dialog.getByRole('checkbox', { name: 'Service worker' }).check();
    await dialog.getByRole('radio', { name: 'Service api' }).check();
    await dialog.getByRole('combobox', { name: 'One' }).fill('work');
    await page.keyboard.press('Enter');
    await dialog.getByRole('combobox', { name: 'Many' }).click();
    await dialog.getByRole('option', { name: 'Service web' }).click();
    await dialog.getByRole('option', { name: 'Service worker' }).click();
    await dialog.getByText('No more can be chosen.').waitFor();
    await dialog.getByRole('button', { name: 'Remove Service web' }).click();
    await dialog.getByRole('combobox', { name: 'Person' }).fill('bob');
    await page.keyboard.press('Enter');
    await dialog.getByRole('combobox', { name: 'Place' }).fill('stag');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await dialog.getByText('Please enter a number of at most 20.').waitFor();
    await dialog.getByRole('textbox', { name: 'Number' }).fill('20');
    await dialog.getByRole('button', { name: 'Send' }).click();

    const message = await shop.workspace.waitFor(() => shop.workspace.messages('C0DEPLOYS')[0]);
    const moment = Math.floor(new Date('2026-12-24T18:30Z').getTime() / 1000);
    const option = (value: string) => ({ text: plain(`Service ${value}`), value });
    expect(message.text.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2))).toEqual(
      Object.entries({
        Text: 'two\nlines',
        Number: '20',
        Mail: 'a@b.example',
        Rich: {
          type: 'rich_text',
          elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'rich' }] }],
        },
        Date: '2026-12-24',
        Time: '18:30',
        Moment: moment,
        Boxes: [option('web'), option('worker')],
        Radio: option('api'),
        One: option('worker'),
        Many: [option('worker')],
        Person: 'U0BOB',
        Place: 'C0STAGING',
      }).map(([block, value]) => [block, JSON.stringify(value)]),
    );
  });

  it('is drawn as what it is, and text stays text', async () => {
    await using visited = await visit(browser(), '', listen);
    const { page } = visited;
    await type(page, '/swarm blocks');
    await page.getByText('by @bob at 01/01/1970').waitFor();
    expect(await page.getByText('*plain*').count()).toBe(1);
    expect(await page.locator('strong', { hasText: 'field two' }).count()).toBe(1);
    expect(await page.getByRole('listitem').filter({ hasText: 'first item' }).count()).toBe(1);
    expect(await page.getByText('<b>*code*</b>').count()).toBe(1);
    expect(await page.getByRole('link', { name: 'a trap' }).count()).toBe(0);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('button', { name: 'Service api' }).click();
    await page.getByText('"value":"api"').waitFor();
    await page.locator('input[type=date]').fill('2026-12-24');
    await page.getByText('"selected_date":"2026-12-24"').waitFor();
  });
});
