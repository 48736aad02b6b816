import { parseEngineHost } from '../swarm/engine-host.ts';
import { quoted } from './quoted.ts';

export const dockerHostPattern = '^(unix:///|tcp://|ssh://).+';

/** What is wrong with an engine's address, in the form of DOCKER_HOST, or undefined. */
export function dockerHostMistake(found: string): string | undefined {
  const parsed = parseEngineHost(found);
  if (parsed.kind !== 'wrong') return undefined;
  // Before an @ there may be a password.
  return `${found.includes('@') ? 'the address' : quoted(found)} ${parsed.mistake}`;
}
