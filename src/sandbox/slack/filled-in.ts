import { chosen, inputProblem, type Choice } from './chosen.ts';
import { controlsOf, type Control } from './controls.ts';
import { initialChoice } from './initial-choice.ts';
import type { Json } from './json.ts';
import type { Message } from './messages.ts';
import type { OpenView } from './views.ts';

/** What is chosen and typed, by action id, block id or label, or by `BLOCK ACTION` where those aren't enough. */
export type Given = Readonly<Record<string, Choice>>;

interface Filled {
  /** A view's `state.values`: by block id, then action id. */
  readonly values: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  /** What the client finds wrong, by block id. */
  readonly errors: Readonly<Record<string, string>>;
}

/**
 * Everything that a message or a view holds; what isn't given keeps what it began with.
 * @param complete adds what the app offered to a menu's options.
 */
export function filledIn(
  where: Message | OpenView,
  given: Given,
  complete: (control: Control) => Control,
): Filled {
  const values: Record<string, Record<string, Json>> = {};
  const errors: Record<string, string> = {};
  for (const control of controlsOf(where).map(complete)) {
    const { actionId, blockId, label, element } = control;
    if (stateless.includes(control.type)) continue;
    const choice =
      given[`${blockId} ${actionId}`] ??
      given[actionId] ??
      given[blockId] ??
      given[label] ??
      initialChoice(element);
    const value = chosen(control, choice);
    values[blockId] = { ...values[blockId], [actionId]: value };
    const problem = control.isInput ? inputProblem(control, value) : null;
    if (problem !== null) errors[blockId] = problem;
  }
  return { values, errors };
}

/** What is pressed and holds nothing. */
const stateless: readonly string[] = ['button', 'workflow_button', 'overflow'];
