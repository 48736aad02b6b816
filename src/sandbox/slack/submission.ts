import { controlsOf } from './controls.ts';
import type { Courier } from './delivery.ts';
import type { User } from './directory.ts';
import { filledIn, type Given } from './filled-in.ts';
import { asObject, asText, type Json } from './json.ts';
import { closedPayload, submissionPayload } from './payloads.ts';
import { Refusal } from './refusal.ts';
import type { State } from './state.ts';
import type { OpenView } from './views.ts';
import { checkedView } from './web-api/views.ts';

/**
 * What came of a submission. `errors` are by block id: the client's own, or those the app answered with. `trouble`: the
 * app didn't acknowledge, or acknowledged with something that Slack refuses; the view stays open.
 */
export type Submission =
  | { readonly kind: 'closed' }
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly kind: 'updated' | 'pushed'; readonly view: OpenView }
  | { readonly kind: 'trouble'; readonly reason: string };

interface Parts {
  readonly state: State;
  readonly courier: Courier;
}

export async function submitView(
  { state, courier }: Parts,
  user: User,
  view: OpenView,
  given: Given,
): Promise<Submission> {
  const { values, errors } = filledIn(view, given, (control) => state.offers.complete(user.id, control));
  if (Object.keys(errors).length > 0) return { kind: 'errors', errors };
  const delivery = await courier.hand('interactive', submissionPayload(state, view, user, values));
  const { acknowledgement } = delivery;
  if (acknowledgement.kind === 'timed out') return { kind: 'trouble', reason: 'operation_timeout' };
  if (acknowledgement.kind === 'failed') return { kind: 'trouble', reason: acknowledgement.reason };
  try {
    return carryOut(state, view, asObject(acknowledgement.payload) ?? {});
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: 'trouble', reason: error.code };
  }
}

/** Closes a view; the app hears of it when it asked to. */
export async function closeView({ state, courier }: Parts, user: User, view: OpenView): Promise<void> {
  state.views.close(view);
  if (view.content['notify_on_close'] === true) {
    await courier.hand('interactive', closedPayload(state, view, user, false));
  }
}

function carryOut(state: State, view: OpenView, answer: Json): Submission {
  switch (answer['response_action']) {
    case undefined:
      state.views.close(view);
      return { kind: 'closed' };
    case 'clear':
      state.views.closeAll(view.user);
      return { kind: 'closed' };
    case 'errors':
      return { kind: 'errors', errors: errorsIn(view, answer['errors']) };
    case 'update': {
      const content = checkedView(answer['view'], 'modal', state);
      return { kind: 'updated', view: state.views.update(view, content, undefined) };
    }
    case 'push': {
      const content = checkedView(answer['view'], 'modal', state);
      return { kind: 'pushed', view: state.views.open(view.user, content, true) };
    }
    default:
      throw new Refusal('invalid_response_action');
  }
}

/** @throws Refusal when an error is for a block that isn't an input of the view. */
function errorsIn(view: OpenView, given: unknown): Readonly<Record<string, string>> {
  const inputs = controlsOf(view).filter(({ isInput }) => isInput);
  const errors = Object.entries(asObject(given) ?? {});
  if (errors.length === 0 || errors.some(([block]) => !inputs.some(({ blockId }) => blockId === block))) {
    throw new Refusal('invalid_errors');
  }
  return Object.fromEntries(errors.map(([block, message]) => [block, asText(message) ?? '']));
}
