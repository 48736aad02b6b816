import type { Service } from '../swarm/service.ts';
import type { Button } from './answer.ts';
import { commandWords } from './command-words.ts';
import type { ReadTools } from './operation.ts';

const words = ['service', 'scale'];

/** Buttons that scale the one service an answer is about; none when it can't be scaled, or the asker may not. */
export function scaleButtons(
  services: readonly Service[],
  { engine, may, operations }: Pick<ReadTools, 'engine' | 'may' | 'operations'>,
): readonly Button[] {
  const [service, ...others] = services;
  const replicas = service?.Spec.Mode?.Replicated?.Replicas;
  const scale = operations.find(({ name }) => name === 'service.scale');
  if (service === undefined || others.length > 0 || typeof replicas !== 'number') return [];
  if (scale === undefined || !may(scale)) return [];
  const { Name: name } = service.Spec;
  const { cluster } = engine;
  return [
    scaleTo(cluster, name, replicas, replicas + 1),
    ...(replicas > 0 ? [scaleTo(cluster, name, replicas, replicas - 1)] : []),
    {
      label: 'Scale…',
      command: commandWords(cluster, words, { args: [`${name}={}`], flags: {} }),
      form: {
        title: 'Scale a service',
        label: `Replicas of ${name} in ${cluster}`,
        initial: String(replicas),
        submit: 'Scale',
      },
    },
  ];
}

function scaleTo(cluster: string, name: string, from: number, to: number): Button {
  const last = to === 0 ? ' None of it will run then.' : '';
  return {
    label: `Scale to ${to}`,
    command: commandWords(cluster, words, { args: [`${name}=${to}`], flags: {} }),
    ...(to === 0 ? { style: 'danger' } : {}),
    confirm: {
      title: `Scale ${name} to ${to}?`,
      text: `${name} in ${cluster} goes from ${from} to ${to} replicas.${last}`,
      ok: `Scale to ${to}`,
    },
  };
}
