import { z } from 'zod';
import { type ImageReference, parseImageReference } from '../swarm/image-reference.ts';
import {
  editConstraints,
  editContainerLabels,
  editEnv,
  editLabels,
  forceUpdate,
  type SpecEdit,
} from '../swarm/spec-edits.ts';
import type { CommandLine, Flags } from './command-line.ts';
import { mostReplicas } from './scale-arguments.ts';
import { parseCount, updateSettings } from './update-settings.ts';

/** What `service update` was asked for. */
export interface ServiceUpdate {
  /** A service's name, id, or the beginning of its id. */
  readonly reference: string;
  readonly image: ImageReference | undefined;
  /** Look the image's tag up in its registry first. */
  readonly resolve: boolean;
  /** Give the service Shipmate's credentials for the registry of its image. */
  readonly withRegistryAuth: boolean;
  readonly replicas: number | undefined;
  /** Everything else. */
  readonly edits: readonly SpecEdit[];
  readonly detach: boolean;
}

const list = (value: string, summary: string) => ({ type: 'list', value, summary }) as const;

/** The lists that are added to and removed from: what each is given, and the edit that it means. */
const lists = {
  env: { add: 'KEY=VALUE', rm: 'KEY', noun: 'an environment variable' },
  label: { add: 'KEY=VALUE', rm: 'KEY', noun: 'a label of the service' },
  'container-label': { add: 'KEY=VALUE', rm: 'KEY', noun: 'a label of its containers' },
  constraint: { add: 'CONSTRAINT', rm: 'CONSTRAINT', noun: 'a placement constraint' },
} as const;

export const updateFlags: Flags = {
  image: { type: 'string', value: 'IMAGE', summary: 'Run this image; its tag is resolved to a digest first' },
  'no-resolve-image': {
    type: 'boolean',
    summary: 'Send the image’s tag as it is, without asking its registry',
  },
  'with-registry-auth': {
    type: 'boolean',
    summary:
      'Send registry authentication details to swarm agents: Shipmate’s, for the registry of the image',
  },
  force: { type: 'boolean', summary: 'Restart all tasks, even if nothing else changes' },
  replicas: { type: 'string', value: 'uint', summary: 'Number of tasks' },
  ...Object.fromEntries(
    Object.entries(lists).flatMap(([name, { add, rm, noun }]) => [
      [`${name}-add`, list(add, `Add or update ${noun}`)],
      [`${name}-rm`, list(rm, `Remove ${noun}`)],
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(updateSettings).map(([name, { value, summary }]) => [
      name,
      { type: 'string', value, summary } as const,
    ]),
  ),
  rollback: { type: 'boolean', summary: 'Go back to the previous spec, as service rollback does' },
  detach: { type: 'boolean', short: 'd', summary: 'Send it, and don’t follow it' },
};

const text = z.string().exactOptional();
const words = z.array(z.string()).readonly().default([]);
const flag = z.boolean().default(false);

const flagsInput = z.object({
  image: text,
  replicas: text,
  force: flag,
  'no-resolve-image': flag,
  'with-registry-auth': flag,
  detach: flag,
  rollback: flag,
  'env-add': words,
  'env-rm': words,
  'label-add': words,
  'label-rm': words,
  'container-label-add': words,
  'container-label-rm': words,
  'constraint-add': words,
  'constraint-rm': words,
});

/** Reads the line of `service update`, strictly. All that is wrong is said at once. */
export const updateInput = z
  .object({ args: z.array(z.string()).readonly(), flags: z.record(z.string(), z.unknown()) })
  .transform(({ args, flags: given }, context): ServiceUpdate => {
    const problem = (message: string) => {
      context.addIssue({ code: 'custom', message });
    };
    let isValueWrong = false;
    const wrongValue = (message: string) => {
      isValueWrong = true;
      problem(message);
    };
    const flags = flagsInput.parse(given);
    const [reference = ''] = args;
    if (args.length !== 1 || reference.trim() === '') {
      problem(
        `service update takes one service, and was given ${args.length === 1 ? 'an empty text' : args.length}.`,
      );
    }
    const image = flags.image === undefined ? undefined : parseImageReference(flags.image);
    if (flags.image !== undefined && image === undefined) {
      wrongValue(`"${flags.image}" is no image: write NAME:TAG, as in registry.example.com/shop/web:2.`);
    }
    const replicas = flags.replicas === undefined ? undefined : parseCount(flags.replicas);
    if (flags.replicas !== undefined && (replicas === undefined || replicas > mostReplicas)) {
      wrongValue(`--replicas takes a whole number up to ${mostReplicas}, and not "${flags.replicas}".`);
    }
    const edits = [...listEdits(flags, wrongValue), ...settingEdits(given, wrongValue)];
    if (flags.force) edits.push(forceUpdate);
    const withRegistryAuth = flags['with-registry-auth'];
    const isEmpty = image === undefined && replicas === undefined && edits.length === 0 && !withRegistryAuth;
    if (isEmpty && !isValueWrong) {
      problem('service update needs something to change, as in --image shop/web:2 or --force.');
    }
    const resolve = !flags['no-resolve-image'];
    return { reference, image, resolve, withRegistryAuth, replicas, edits, detach: flags.detach };
  });

function settingEdits(
  given: Readonly<Record<string, unknown>>,
  problem: (message: string) => void,
): readonly SpecEdit[] {
  return Object.entries(updateSettings).flatMap(([name, { edit, expected }]) => {
    const value = given[name];
    if (typeof value !== 'string') return [];
    const found = edit(value);
    if (found === undefined) problem(`--${name} takes ${expected}, and not "${value}".`);
    return found ?? [];
  });
}

function listEdits(flags: z.infer<typeof flagsInput>, problem: (message: string) => void): SpecEdit[] {
  for (const variable of flags['env-add']) {
    if (!/^[^=]+=/.test(variable)) problem('--env-add takes KEY=VALUE, as in LOG_LEVEL=debug.');
  }
  for (const name of ['label-add', 'container-label-add'] as const) {
    if (flags[name].some((label) => /^(?:=|$)/.test(label)))
      problem(`--${name} takes KEY=VALUE, as in team=shop.`);
  }
  for (const name of ['env-rm', 'label-rm', 'container-label-rm'] as const) {
    if (flags[name].some((key) => key === '' || key.includes('=')))
      problem(`--${name} takes a key alone, without a value.`);
  }
  if (flags['constraint-add'].some((constraint) => !/(?:==|!=)/.test(constraint))) {
    problem('--constraint-add takes a constraint, as in node.labels.zone==a or node.role!=manager.');
  }
  const asked = (name: keyof typeof lists) => flags[`${name}-add`].length + flags[`${name}-rm`].length > 0;
  return [
    ...(asked('env') ? [editEnv(flags['env-rm'], flags['env-add'])] : []),
    ...(asked('label') ? [editLabels(flags['label-rm'], labelMap(flags['label-add']))] : []),
    ...(asked('container-label')
      ? [editContainerLabels(flags['container-label-rm'], labelMap(flags['container-label-add']))]
      : []),
    ...(asked('constraint') ? [editConstraints(flags['constraint-rm'], flags['constraint-add'])] : []),
  ];
}

/** `key` alone is a label without a value. */
function labelMap(labels: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    labels.map((label) => {
      const at = label.indexOf('=');
      return at < 0 ? [label, ''] : [label.slice(0, at), label.slice(at + 1)];
    }),
  );
}

/** Whether a line gives other flags than these. */
export function givesMoreThan({ flags }: CommandLine, ...names: readonly string[]): boolean {
  return Object.keys(flags).some((name) => !names.includes(name));
}
