import type { Control } from '../slack/controls.ts';
import type { Message, Person } from '../slack/workspace.ts';
import type { Console } from './console.ts';
import { optionLabels } from './draw-blocks.ts';
import { harmlessText } from './harmless-text.ts';
import type { Asked } from './settle.ts';

/** Presses a button, after its confirm dialog, or chooses in a menu. */
export async function pressControl(
  console: Console,
  person: Person,
  message: Message,
  control: Control,
): Promise<Asked> {
  if (control.type === 'button') {
    const accept = await confirmed(console, control);
    const { delivery } = await person.click(message, control.actionId, { accept });
    if (delivery === null) console.print(['Nothing was done.']);
    return delivery === null ? 'nothing' : 'app';
  }
  console.print(optionLabels(control).map((label) => `  ${label}`));
  const choice = await console.ask(`${harmlessText(control.label)}: `);
  if (choice === null || choice === '') return 'nothing';
  try {
    await person.select(message, control.actionId, choice);
    return 'app';
  } catch (error) {
    console.print([harmlessText(error instanceof Error ? error.message : String(error))]);
    return 'nothing';
  }
}

async function confirmed(console: Console, { confirm }: Control): Promise<boolean> {
  if (confirm === null) return true;
  console.print([
    harmlessText(confirm.title),
    ...harmlessText(confirm.text)
      .split('\n')
      .map((line) => `  ${line}`),
  ]);
  const answer = await console.ask(`${harmlessText(confirm.ok)}? (y/n) `);
  return answer !== null && /^y(?:es)?$/i.test(answer.trim());
}
