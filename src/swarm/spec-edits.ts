import type { ImagePlatform } from './image-digest.ts';
import type { ServiceSpec, TaskSpec, UpdateConfig } from './service.ts';

/** One edit of a spec: gives another spec, with everything that it isn't about as it was. */
export type SpecEdit = (spec: ServiceSpec) => ServiceSpec;

type ContainerSpec = NonNullable<TaskSpec['ContainerSpec']>;
type RestartPolicy = NonNullable<TaskSpec['RestartPolicy']>;
type Labels = Readonly<Record<string, string>>;

/*
 * Source of what each edit does, and in what order things are removed and added: docker/cli v28
 * cli/command/service/update.go.
 */

function editTask(edit: (task: TaskSpec) => TaskSpec): SpecEdit {
  return (spec) => ({ ...spec, TaskTemplate: edit(spec.TaskTemplate) });
}

function editContainer(edit: (container: ContainerSpec) => ContainerSpec): SpecEdit {
  return editTask((task) => ({ ...task, ContainerSpec: edit(task.ContainerSpec ?? {}) }));
}

/** @param platforms where the image can run; none when that isn't known, and what was set stays. */
export function setImage(image: string, platforms: readonly ImagePlatform[]): SpecEdit {
  return editTask((task) => ({
    ...task,
    ContainerSpec: { ...task.ContainerSpec, Image: image },
    ...(platforms.length === 0
      ? {}
      : { Placement: { ...task.Placement, Platforms: platforms.map((platform) => ({ ...platform })) } }),
  }));
}

export const forceUpdate: SpecEdit = editTask((task) => ({
  ...task,
  ForceUpdate: (task.ForceUpdate ?? 0) + 1,
}));

/** @param variables `KEY=VALUE`; one takes the place of the one with its key. */
export function editEnv(removed: readonly string[], variables: readonly string[]): SpecEdit {
  return editContainer((container) => {
    const byKey = new Map((container.Env ?? []).map((variable) => [variableKey(variable), variable]));
    for (const key of removed) byKey.delete(key);
    for (const variable of variables) byKey.set(variableKey(variable), variable);
    return { ...container, Env: [...byKey.values()] };
  });
}

function variableKey(variable: string): string {
  return variable.split('=', 1).join();
}

export function editLabels(removed: readonly string[], added: Labels): SpecEdit {
  return (spec) => ({ ...spec, Labels: editedLabels(spec.Labels, removed, added) });
}

export function editContainerLabels(removed: readonly string[], added: Labels): SpecEdit {
  return editContainer((container) => ({
    ...container,
    Labels: editedLabels(container.Labels, removed, added),
  }));
}

function editedLabels(now: Labels | null | undefined, removed: readonly string[], added: Labels) {
  const kept = Object.entries(now ?? {}).filter(([key]) => !removed.includes(key));
  return Object.fromEntries([...kept, ...Object.entries(added)]);
}

/** The result is sorted, as the CLI's is. */
export function editConstraints(removed: readonly string[], added: readonly string[]): SpecEdit {
  return editTask((task) => {
    const all = [...(task.Placement?.Constraints ?? []), ...added];
    const kept = all.filter((constraint) => !removed.includes(constraint));
    return { ...task, Placement: { ...task.Placement, Constraints: kept.toSorted() } };
  });
}

export type Amount = 'NanoCPUs' | 'MemoryBytes' | 'Pids';

export function setAmount(kind: 'Limits' | 'Reservations', amount: Amount, value: number): SpecEdit {
  return editTask((task) => ({
    ...task,
    // The CLI writes out both kinds when it sets one.
    Resources: {
      Limits: {},
      Reservations: {},
      ...task.Resources,
      [kind]: { ...task.Resources?.[kind], [amount]: value },
    },
  }));
}

/** Swarm's defaults, which the CLI writes out when it sets one of several. Source: swarmkit api/defaults/service.go. */
const defaultUpdate: UpdateConfig = {
  Parallelism: 1,
  FailureAction: 'pause',
  Monitor: 5e9,
  MaxFailureRatio: 0,
  Order: 'stop-first',
};
const defaultRestart: RestartPolicy = { Condition: 'any', Delay: 5e9, MaxAttempts: 0 };

export function setUpdateConfig(kind: 'UpdateConfig' | 'RollbackConfig', fields: UpdateConfig): SpecEdit {
  return (spec) => ({ ...spec, [kind]: { ...(spec[kind] ?? defaultUpdate), ...fields } });
}

export function setRestartPolicy(fields: RestartPolicy): SpecEdit {
  return editTask((task) => ({
    ...task,
    RestartPolicy: { ...(task.RestartPolicy ?? defaultRestart), ...fields },
  }));
}
