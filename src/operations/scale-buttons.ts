import { pausedWarning } from '../swarm/scale-warnings.ts';
import type { Service } from '../swarm/service.ts';
import type { Button } from './answer.ts';
import { commandWords } from './command-words.ts';
import type { ReadTools } from './operation.ts';
import { mostReplicas } from './scale-arguments.ts';

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
  const warnings = pausedWarning(service);
  const to = (after: number) => scaleTo(cluster, { name, before: replicas, after }, warnings);
  return [
    to(replicas + 1),
    ...(replicas > 0 ? [to(replicas - 1)] : []),
    {
      label: 'Scale…',
      command: commandWords(cluster, words, { args: [`${name}={}`], flags: {} }),
      form: {
        title: 'Scale a service',
        label: `Replicas of ${name} in ${cluster}`,
        initial: String(replicas),
        submit: 'Scale',
        // A field that already holds more than it takes could not be shown.
        number: { min: 0, max: Math.max(mostReplicas, replicas) },
      },
    },
  ];
}

interface ScaleStep {
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

/** A button for a scale from one number to another. @param warnings whole sentences */
export function scaleTo(
  cluster: string,
  { name, before, after }: ScaleStep,
  warnings: readonly string[] = [],
): Button {
  const step = `${name} in ${cluster} goes from ${before} to ${after} replicas.`;
  const last = after === 0 ? ['None of it will run then.'] : [];
  return {
    label: `Scale to ${after}`,
    command: commandWords(cluster, words, { args: [`${name}=${after}`], flags: {} }),
    ...(after === 0 ? { style: 'danger' } : {}),
    confirm: {
      title: `Scale ${name} to ${after}?`,
      text: [step, ...last, ...warnings].join(' '),
      ok: `Scale to ${after}`,
    },
    pin: `from ${before}`,
  };
}
