import type { Happening, Message, Workspace } from '../slack/workspace.ts';

/** Milliseconds. */
export interface Patience {
  /** For the first answer. */
  readonly answer: number;
  /** After an answer that looks final. */
  readonly quiet: number;
  /** While something is under way. */
  readonly underWay: number;
}

/** Whether the app was asked for anything. */
export type Asked = 'app' | 'nothing';

/** What an answer was: a message that somebody sees, or a form. */
type Answered = Extract<Happening, { kind: 'message' | 'view' }>;

/**
 * Does something, and waits until the app has answered it to the end: until nothing has happened for a while, a longer
 * one while a message in the channel is still to be edited. Rejects only when `act` does.
 */
export async function settled(
  workspace: Pick<Workspace, 'on' | 'bot'>,
  act: () => Promise<Asked>,
  patience: Patience,
  signal: AbortSignal,
): Promise<void> {
  const open = new Map<string, Message>();
  let wake = nothing;
  let wait = patience.answer;
  const stopListening = workspace.on((happening) => {
    if (!isAnswer(happening, workspace.bot.user)) return;
    if (happening.kind === 'message') open.set(happening.message.ts, happening.message);
    wait = [...open.values()].some(isUnderWay) ? patience.underWay : patience.quiet;
    wake();
  });
  try {
    if ((await act()) === 'nothing') return;
    while (!signal.aborted && !(await isQuiet())) continue;
  } finally {
    stopListening();
  }

  function isQuiet(): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = (quiet: boolean) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        resolve(quiet);
      };
      const stop = () => finish(true);
      const timer = setTimeout(() => finish(true), wait);
      signal.addEventListener('abort', stop, { once: true });
      wake = () => finish(false);
    });
  }
}

function nothing(): void {
  return undefined;
}

function isAnswer(happening: Happening, bot: string): happening is Answered {
  if (happening.kind === 'view') return true;
  return (
    happening.kind === 'message' && (happening.message.author === bot || happening.message.visibleTo !== null)
  );
}

/** A message to everybody that was never edited, or that shows a progress bar which isn't full. */
function isUnderWay({ visibleTo, thread, edits, blocks }: Message): boolean {
  if (visibleTo !== null || thread !== null) return false;
  return edits === 0 || /[█░]/.test(JSON.stringify(blocks));
}
