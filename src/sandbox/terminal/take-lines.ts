import type { Workspace } from '../slack/workspace.ts';
import type { Console } from './console.ts';
import type { Session } from './session.ts';
import { settled, type Patience } from './settle.ts';

interface Parts {
  readonly workspace: Pick<Workspace, 'on' | 'bot'>;
  readonly console: Console;
  readonly session: Session;
  readonly patience: Patience;
  readonly signal: AbortSignal;
}

/** Does what is typed, line after line, until the input ends, somebody leaves, or the signal aborts. */
export async function takeLines({ workspace, console, session, patience, signal }: Parts): Promise<void> {
  while (!signal.aborted) {
    const line = await console.ask(session.prompt());
    if (line === null || line.trim() === ':quit') return;
    await settled(workspace, () => session.run(line), patience, signal);
    const form = session.form();
    if (form !== undefined) await settled(workspace, () => session.fill(form), patience, signal);
  }
}
