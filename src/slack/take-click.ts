import { z } from 'zod';
import { Failure } from '../swarm/failure.ts';
import { admit, type EntryTools, explain, forget, serve } from './admit.ts';
import { deliveryId, type TakenRequest } from './claim-delivery.ts';
import { clickPayload } from './payloads.ts';
import { renderForm } from './render-form.ts';
import { type ButtonContent, buttonLifetime, pressed } from './stored-button.ts';
import type { Asker } from './whisper.ts';

type Click = z.infer<typeof clickPayload>;

/** Slack takes a form within three seconds of the click. */
const atOnce = { within: 2_500, tries: 1 };

/** A button that was pressed. What it stands for is authorized as if it had been typed by whoever pressed it. */
export async function takeClick(
  body: unknown,
  ack: () => Promise<unknown>,
  tools: EntryTools,
): Promise<void> {
  const click = clickPayload.parse(body);
  const asker = askerOf(click, tools);
  const delivery = deliveryId('click', click.trigger_id, body);
  // What it stands for is read after the acknowledgement, which doesn't wait for that.
  const team = click.user.team_id ?? click.team?.id ?? '';
  const request = { entry: 'button', team, command: ['a', 'button'] } as const;
  const taken = await admit({ delivery, asker, ack, request }, tools);
  if (taken === null) return;
  try {
    await act(click, asker, taken, tools);
  } catch (error) {
    await Promise.all([explain(asker, tools, error), forget(taken, tools)]);
  }
}

function askerOf({ container, message, ...click }: Click, { now }: EntryTools): Asker {
  const thread = container.thread_ts ?? message?.thread_ts ?? null;
  const original = container.is_ephemeral ? 'ephemeral' : 'public';
  return {
    user: click.user.id,
    channel: click.channel.id,
    // The message that a thread hangs from isn't in it.
    thread: thread === container.message_ts ? null : thread,
    command: [],
    page: 0,
    response: click.response_url === undefined ? null : { url: click.response_url, original, since: now() },
  };
}

async function act(click: Click, asker: Asker, taken: TakenRequest, tools: EntryTools): Promise<void> {
  const id = click.actions[0]?.action_id ?? '';
  const content = pressed(await tools.buttons.get(id, tools.now()), {
    team: click.team?.id ?? tools.team(),
    user: click.user.id,
    channel: click.channel.id,
    message: click.container.message_ts,
    isEphemeral: click.container.is_ephemeral,
  });
  switch (content.kind) {
    case 'command': {
      const { command, once, pin } = content;
      const presser = { ...asker, command, ...(once && { press: id }) };
      return serve(presser, { ...taken, command, pin }, tools);
    }
    case 'page': {
      const { command, page } = content;
      return serve({ ...asker, command, page }, { ...taken, command, onlyReads: true }, tools);
    }
    case 'form':
      await openForm(click.trigger_id, content, asker, tools);
      return forget(taken, tools);
    case 'value':
      throw new Failure('input', 'This is no button. Type the command instead.');
  }
}

async function openForm(
  trigger: string,
  { command, form }: Extract<ButtonContent, { kind: 'form' }>,
  { user, channel, thread, response }: Asker,
  { api, buttons, team, now, randomId }: EntryTools,
): Promise<void> {
  const id = randomId();
  const content: ButtonContent = { kind: 'value', command, thread, response };
  await buttons.put([
    {
      id,
      team: team(),
      channel,
      message: null,
      user,
      expiresAt: now() + buttonLifetime,
      content: JSON.stringify(content),
    },
  ]);
  const view = renderForm(form, id);
  await api.call('views.open', { trigger_id: trigger, view }, z.object({}), atOnce);
}
