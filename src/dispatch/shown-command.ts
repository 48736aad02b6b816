import { maskCommand, maskText } from '../swarm/masking.ts';
import { looseWords } from './split-words.ts';

/** A command as it may be shown and written down: what may be secret is masked, also in a line that isn't understood. */
export function shownCommand(command: string | readonly string[]): string {
  const words = typeof command === 'string' ? looseWords(command) : command;
  return maskText(maskCommand(words).join(' '));
}
