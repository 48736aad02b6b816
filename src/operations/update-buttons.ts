import { changesInBrief, changesInWords, type ChangeWords } from '../swarm/change-words.ts';
import type { Service } from '../swarm/service.ts';
import { fingerprint, type SpecChange, specChanges } from '../swarm/spec-settings.ts';
import type { Button } from './answer.ts';
import { commandWords } from './command-words.ts';
import type { ReadTools } from './operation.ts';

/** Buttons that restart or roll back the one service an answer is about, as far as the asker may. */
export function updateButtons(
  services: readonly Service[],
  { engine, may, operations }: Pick<ReadTools, 'engine' | 'may' | 'operations'>,
): readonly Button[] {
  const [service, ...others] = services;
  if (service === undefined || others.length > 0 || !service.Spec.TaskTemplate.ContainerSpec) return [];
  const mayDo = (name: string) => operations.some((operation) => operation.name === name && may(operation));
  const { Spec, PreviousSpec } = service;
  const words = PreviousSpec ? changesInWords(Spec, PreviousSpec) : [];
  const changes = PreviousSpec ? specChanges(Spec, PreviousSpec) : [];
  return [
    ...(mayDo('service.update') ? [restartButton(engine.cluster, Spec.Name)] : []),
    ...(words.length > 0 && mayDo('service.rollback')
      ? [rollbackButton(engine.cluster, { name: Spec.Name, changes, words })]
      : []),
  ];
}

function restartButton(cluster: string, name: string): Button {
  return {
    label: 'Restart',
    command: commandWords(cluster, ['service', 'update'], { args: [name], flags: { force: true } }),
    confirm: {
      title: `Restart ${name}?`,
      text: `All tasks of ${name} in ${cluster} are replaced, as its update settings say.`,
      ok: 'Restart',
    },
  };
}

interface WayBack {
  readonly name: string;
  /** What would change. */
  readonly changes: readonly SpecChange[];
  readonly words: readonly ChangeWords[];
}

/** A button for a rollback that changes just this. */
export function rollbackButton(cluster: string, { name, changes, words }: WayBack): Button {
  return {
    label: 'Roll back…',
    command: commandWords(cluster, ['service', 'rollback'], { args: [name], flags: {} }),
    style: 'danger',
    confirm: {
      title: `Roll ${name} back?`,
      text: `${name} in ${cluster} goes back: ${changesInBrief(words, 3)}.`,
      ok: 'Roll back',
    },
    pin: fingerprint(changes),
  };
}
