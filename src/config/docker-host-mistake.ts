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

/** The same of the variable: the docker CLI takes HOST:PORT there for tcp://HOST:PORT. */
export function hostVariableMistake(found: string | undefined): string | undefined {
  if (!found) return undefined;
  return dockerHostMistake(found.includes('://') ? found : `tcp://${found}`);
}

export const hostVariableExample = 'DOCKER_HOST=tcp://10.0.0.5:2376';
