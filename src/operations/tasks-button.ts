import type { Button } from './answer.ts';
import { commandWords } from './command-words.ts';

export function tasksButton(cluster: string, service: string): Button {
  return {
    label: `Tasks of ${service}`,
    command: commandWords(cluster, ['service', 'ps'], { args: [service], flags: {} }),
  };
}
