import type { Service } from '../swarm/service.ts';
import type { Button } from './answer.ts';
import { commandWords } from './command-words.ts';
import type { LogFlags } from './log-flags.ts';
import type { ReadTools } from './operation.ts';

const words = ['service', 'logs'];

export function showLogsButton(cluster: string, service: string, label = 'Logs'): Button {
  return { label, command: commandWords(cluster, words, { args: [service], flags: {} }) };
}

/** A button that shows the log of the one service an answer is about; none when the asker may read no logs. */
export function logButtons(
  services: readonly Service[],
  { engine, may, operations }: Pick<ReadTools, 'engine' | 'may' | 'operations'>,
): readonly Button[] {
  const [service, ...others] = services;
  const logs = operations.find(({ name }) => name === 'service.logs');
  if (service === undefined || others.length > 0 || logs === undefined || !may(logs)) return [];
  return [showLogsButton(engine.cluster, service.Spec.Name)];
}

/** It is asked for, as others come to see the lines. */
export function followButton(cluster: string, service: string, flags: LogFlags): Button {
  const { since: _since, ...kept } = flags;
  return {
    label: 'Follow',
    command: commandWords(cluster, words, { args: [service], flags: { tail: '20', ...kept, follow: true } }),
    confirm: {
      title: `Follow the logs of ${service}?`,
      text: 'Everybody in this channel will see the lines, in one message that is edited as they come.',
      ok: 'Follow',
    },
    repeatable: true,
  };
}
