import { controlsOf, textOf } from '../slack/controls.ts';
import type { OpenView, Person } from '../slack/workspace.ts';
import type { Console } from './console.ts';
import { optionLabels } from './draw-blocks.ts';
import { harmlessText } from './harmless-text.ts';
import type { Asked } from './settle.ts';

/** Asks for what a form wants to know and submits it, again while there is something wrong with it. */
export async function fillForm(console: Console, person: Person, form: OpenView): Promise<Asked> {
  let view = form;
  for (;;) {
    console.print([
      `${harmlessText(textOf(view.content['title']))} (an empty line keeps what is there; . gives up)`,
    ]);
    const values = await askForValues(console, view);
    if (values === null) {
      await person.close(view);
      console.print(['Nothing was done.']);
      return 'nothing';
    }
    const submission = await person.submit(view, values);
    switch (submission.kind) {
      case 'closed':
        return 'app';
      case 'errors':
        console.print(Object.values(submission.errors).map(harmlessText));
        break;
      case 'updated':
      case 'pushed':
        ({ view } = submission);
        break;
      case 'trouble':
        console.print([`The form could not be submitted: ${harmlessText(submission.reason)}.`]);
        await person.close(view);
        return 'nothing';
    }
  }
}

async function askForValues(console: Console, view: OpenView): Promise<Record<string, string> | null> {
  const values: Record<string, string> = {};
  for (const control of controlsOf(view)) {
    if (control.type === 'button') continue;
    const options = optionLabels(control);
    const choices = options.length > 0 ? ` (${options.join(', ')})` : '';
    const initial = control.initial === '' ? '' : ` [${harmlessText(control.initial)}]`;
    const answer = await console.ask(`  ${harmlessText(control.label)}${choices}${initial}: `);
    if (answer === null || answer === '.') return null;
    if (answer !== '') values[control.actionId] = answer;
  }
  return values;
}
