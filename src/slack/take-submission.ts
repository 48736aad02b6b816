import { z } from 'zod';
import { Failure } from '../swarm/failure.ts';
import { admit, type EntryTools, serve } from './admit.ts';
import { deliveryId } from './claim-delivery.ts';
import { submissionPayload } from './payloads.ts';
import { formInput } from './render-form.ts';
import { submitted, withValue } from './stored-button.ts';
import type { Asker } from './whisper.ts';

/** What a form that stays open says of its fields. */
interface FieldErrors {
  readonly response_action: 'errors';
  readonly errors: Record<string, string>;
}

const input = z.object({ value: z.string().nullish() }).catch({});

/** A form that was submitted: the command of the button that opened it, with the value in it. */
export async function takeSubmission(
  body: unknown,
  ack: (errors?: FieldErrors) => Promise<unknown>,
  tools: EntryTools,
): Promise<void> {
  const { user, view, ...payload } = submissionPayload.parse(body);
  const field = input.parse(view.state.values[formInput.block]?.[formInput.action]);
  const value = (field.value ?? '').toWellFormed().trim();
  if (value === '') {
    await ack({ response_action: 'errors', errors: { [formInput.block]: 'Type a value.' } });
    return;
  }
  const team = payload.team?.id ?? tools.team();
  let form: ReturnType<typeof submitted>;
  try {
    const stored = await tools.buttons.get(view.private_metadata, tools.now());
    form = submitted(stored, { team, user: user.id });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    await ack({ response_action: 'errors', errors: { [formInput.block]: error.message } });
    return;
  }
  const { thread, response } = form.content;
  const command = withValue(form.content.command, value);
  const asker: Asker = { user: user.id, channel: form.channel, thread, command, page: 0, response };
  const delivery = deliveryId('submission', payload.trigger_id, body);
  const request = { entry: 'submission', team: user.team_id ?? team, command } as const;
  const taken = await admit({ delivery, asker, ack: () => ack(), request }, tools);
  if (taken !== null) serve(asker, taken, tools);
}
