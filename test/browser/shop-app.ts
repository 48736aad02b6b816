import type { App } from '@slack/bolt';
import { connected } from '../contract/workspace/bolt-app.ts';
import { populate } from '../../src/sandbox/sample-workspace.ts';
import { bundlePage, type Bundle } from '../../src/sandbox/page/bundle.ts';
import { servePage } from '../../src/sandbox/page/serve-page.ts';
import type { Workspace } from '../../src/sandbox/slack/workspace.ts';
import { tour } from '../../src/sandbox/tour.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (value: string) => ({ text: plain(value.toUpperCase()), value });

const button = {
  type: 'button' as const,
  action_id: 'scale',
  text: plain('Scale'),
};
const risky = {
  type: 'button' as const,
  action_id: 'remove',
  text: plain('Remove'),
  style: 'danger' as const,
  confirm: {
    title: plain('Remove web?'),
    text: plain('Its tasks are stopped.'),
    confirm: plain('Remove'),
    deny: plain('Keep it'),
    style: 'danger' as const,
  },
};

const form = {
  type: 'modal' as const,
  callback_id: 'scale',
  title: plain('Scale web'),
  submit: plain('Scale'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'replicas',
      label: plain('Replicas'),
      hint: plain('From 0 to 20'),
      element: { type: 'plain_text_input' as const, action_id: 'value', initial_value: '2', max_length: 3 },
    },
    {
      type: 'input' as const,
      block_id: 'owner',
      label: plain('Owner'),
      optional: true,
      element: { type: 'users_select' as const, action_id: 'value' },
    },
    {
      type: 'input' as const,
      block_id: 'image',
      label: plain('Image'),
      optional: true,
      element: { type: 'external_select' as const, action_id: 'value', min_query_length: 1 },
    },
  ],
};

/** An app that answers as the bot does, with everything that the page shows. */
function shop(app: App): void {
  app.command('/swarm', async ({ ack, command, client, respond }) => {
    await ack();
    switch (command.text) {
      case 'ls':
        await respond({
          text: 'services',
          blocks: [
            { type: 'header', text: plain('Services in *prod*') },
            {
              type: 'table',
              rows: [
                ['NAME', 'MODE', 'REPLICAS', 'IMAGE'].map((text) => ({ type: 'raw_text' as const, text })),
                ['web', 'replicated', '2/2', 'app:1'].map((text) => ({ type: 'raw_text' as const, text })),
                ['db', 'global', '3/3', 'db:1'].map((text) => ({ type: 'raw_text' as const, text })),
              ],
            },
            { type: 'actions', elements: [button, risky] },
          ],
        });
        break;
      case 'change': {
        const { ts = '' } = await client.chat.postMessage({
          channel: command.channel_id,
          text: `<@${command.user_id}> scales *web* from 2 to 3`,
        });
        await client.chat.postMessage({
          channel: command.channel_id,
          thread_ts: ts,
          text: 'web.3 is `starting`',
        });
        await client.chat.update({
          channel: command.channel_id,
          ts,
          text: '*web* runs 3 of 3 :white_check_mark:',
        });
        break;
      }
      case 'menus':
        await respond({
          text: 'menus',
          blocks: [
            {
              type: 'section',
              text: { type: 'mrkdwn', text: 'Choose a *service* for <#C0DEPLOYS>' },
              accessory: {
                type: 'static_select',
                action_id: 'service',
                placeholder: plain('Choose a service'),
                options: ['web', 'api', 'worker'].map(option),
              },
            },
          ],
        });
        break;
      case 'file':
        await client.filesUploadV2({
          channel_id: command.channel_id,
          content: Array.from({ length: 20 }, (_, line) => `line ${line} <b>not bold</b>`).join('\n'),
          filename: 'web.log',
          title: 'Log of web',
          initial_comment: 'The last lines',
        });
        break;
      case 'home':
        await client.views.publish({
          user_id: command.user_id,
          view: { type: 'home', blocks: [{ type: 'section', text: plain('Two services, all well') }] },
        });
        break;
      default:
        await respond(`you asked for: ${command.text}`);
    }
  });
  app.event('app_mention', async ({ event, client }) => {
    await client.chat.postMessage({
      channel: event.channel,
      thread_ts: event.ts,
      text: `<@${event.user ?? ''}> hello`,
    });
  });
  app.action('scale', async ({ ack, body, client }) => {
    await ack();
    if (!('trigger_id' in body)) return;
    if (body.user.id === 'U0ALICE') await client.views.open({ trigger_id: body.trigger_id, view: form });
    else {
      await client.chat.postEphemeral({
        channel: body.channel?.id ?? '',
        user: body.user.id,
        text: 'You may not scale services here.',
      });
    }
  });
  app.action('remove', async ({ ack, respond, body }) => {
    await ack();
    await respond({
      text: `<@${body.user.id}> removed web`,
      response_type: 'in_channel',
      replace_original: false,
    });
  });
  app.action('service', async ({ ack, respond, action }) => {
    await ack();
    const value = action.type === 'static_select' ? action.selected_option?.value : '';
    await respond({ text: `you chose ${value ?? 'nothing'}`, replace_original: false });
  });
  app.options('value', async ({ ack, payload }) => {
    const images = ['app:1', 'app:2', 'db:1'].filter((image) => image.includes(payload.value));
    await ack({ options: images.map((image) => ({ text: plain(`Image ${image}`), value: image })) });
  });
  app.view('scale', async ({ ack, view, client, body }) => {
    const { replicas, image } = view.state.values;
    const value = replicas?.['value']?.value ?? '';
    if (!/^\d+$/.test(value)) {
      await ack({ response_action: 'errors', errors: { replicas: 'Give a number, such as 3.' } });
      return;
    }
    await ack();
    const chosen = image?.['value']?.selected_option?.text.text ?? 'no image';
    await client.chat.postMessage({
      channel: 'C0DEPLOYS',
      text: `<@${body.user.id}> scales web to ${value} with ${chosen}`,
    });
  });
}

export interface Shop extends AsyncDisposable {
  readonly workspace: Workspace;
  readonly address: string;
  /** Ends the page's server. @returns how to start it again, at the same address. */
  close(): Promise<() => Promise<void>>;
}

/** Time stands still: a machine that is busy with browsers may take longer than Slack's three seconds for anything. */
const now = () => Date.UTC(2026, 10, 21, 12);
const patient = { now, acknowledgeWithinMs: 60_000, clientPingTimeout: 60_000 };

let bundle: Promise<Bundle> | undefined;

/** Built once for all tests of a file. */
function bundled(): Promise<Bundle> {
  bundle ??= bundlePage();
  return bundle;
}

function closing({ directory }: Workspace) {
  return {
    name: 'closing-time',
    summary: 'The shop is closed, and #random with it',
    play: () => void directory.changeChannel('C0RANDOM', { members: [] }),
  };
}

/** The sample workspace with that app in it, or another, and its page. */
export async function openShop(app: (app: App) => void = shop): Promise<Shop> {
  const slack = await connected('socket', app, patient, populate);
  const serve = async (port = 0) =>
    servePage(slack.workspace, {
      bundle: await bundled(),
      tour,
      scenarios: [closing(slack.workspace)],
      now,
      port,
    });
  let page = await serve();
  const { address } = page;
  return {
    workspace: slack.workspace,
    address,
    async close() {
      await page[Symbol.asyncDispose]();
      return async () => {
        page = await serve(Number(new URL(address).port));
      };
    },
    async [Symbol.asyncDispose]() {
      await page[Symbol.asyncDispose]();
      await slack[Symbol.asyncDispose]();
    },
  };
}
