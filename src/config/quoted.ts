import { maskText } from '../swarm/masking.ts';

/** Text that was found, as a mistake shows it: in quotes, on one line, short, and without what looks secret. */
export function quoted(found: string): string {
  const shown = maskText(found);
  return JSON.stringify(shown.length > 60 ? `${shown.slice(0, 60)}…` : shown);
}
