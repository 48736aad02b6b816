import type { Call } from './happenings.ts';
import type { State } from './state.ts';

const lastCalls = 8;

/** See `Workspace.waitFor`. */
export function waitFor<T>(
  state: State,
  calls: readonly Call[],
  find: () => T | null | undefined | false,
  { deadlineMs, signal }: { readonly deadlineMs: number; readonly signal: AbortSignal },
): Promise<T> {
  return new Promise((resolve, reject) => {
    const look = (): boolean => {
      try {
        const found = find();
        if (found === undefined || found === null || found === false) return false;
        resolve(found);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
      stop();
      return true;
    };
    const stopListening = state.happenings.on(look);
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`Not within ${deadlineMs} ms. What there was:\n${picture(state, calls)}`));
    }, deadlineMs);
    const close = () => {
      stop();
      reject(new Error('The workspace was closed.'));
    };
    const stop = () => {
      clearTimeout(timer);
      stopListening();
      signal.removeEventListener('abort', close);
    };
    signal.addEventListener('abort', close, { once: true });
    if (signal.aborted) close();
    else look();
  });
}

function picture(state: State, calls: readonly Call[]): string {
  const messages = state.messages.all().map((message) => {
    const name = state.directory.channel(message.channel)?.name ?? message.channel;
    const to = message.visibleTo === null ? '' : ` (to ${message.visibleTo} alone)`;
    const place = message.thread === null ? '' : ` in thread ${message.thread}`;
    return `  #${name}${place}${to} ${message.author}, edited ${message.edits} times: ${message.text}`;
  });
  const last = calls.slice(-lastCalls).map(({ method, status, answer }) => {
    const outcome = answer['ok'] === true ? 'ok' : JSON.stringify(answer);
    return `  ${method}: ${status} ${outcome}`;
  });
  return [
    messages.length === 0 ? 'no messages' : `messages:\n${messages.join('\n')}`,
    last.length === 0 ? 'no calls' : `last calls:\n${last.join('\n')}`,
  ].join('\n');
}
