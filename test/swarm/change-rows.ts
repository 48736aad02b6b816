import { operations } from '../../src/operations/table.ts';
import { shortFormWords } from '../../src/operations/short-form.ts';
import type { Lab } from '../lab/swarm-lab.ts';
import { settles } from './many-states.ts';

/** One way to write a change, what is told of it, and what the Swarm is like after it. `name` is a service's or a node's. */
export interface ChangeRow {
  readonly of: 'service' | 'node';
  readonly line: (name: string) => string;
  /** The heading of its outcome. */
  readonly told: (name: string) => string;
  /** Commands of the docker CLI, and what they print then. */
  readonly state: readonly (readonly [command: (name: string) => string, is: string])[];
  /** Commands of the docker CLI that are run before it, and after it. */
  readonly before?: (name: string) => string;
  readonly undo?: (name: string) => string;
}

/** Every way to write a change, as it is typed after `/swarm`. */
export const changeForms: readonly string[] = operations
  .filter(({ kind }) => kind === 'change')
  .flatMap(({ words, shortForms }) => [words, ...shortForms.map(shortFormWords)])
  .map((words) => words.join(' '));

/** By the forms that they show; the services have one replica of the lab's first image. */
export function changeRows(lab: Lab): Readonly<Record<string, ChangeRow>> {
  const replicas = (name: string) => `service ls --filter name=${name} --format {{.Replicas}}`;
  const spec = (path: string) => (name: string) => `service inspect --format {{.Spec.${path}}} ${name}`;
  const image = (name: string) => `service ps --filter desired-state=running --format {{.Image}} ${name}`;
  return {
    'service scale': {
      of: 'service',
      line: (name) => `service scale ${name}=2`,
      told: (name) => `${name} scaled from 1 to 2`,
      state: [[replicas, '2/2']],
    },
    scale: {
      of: 'service',
      line: (name) => `scale ${name}=0`,
      told: (name) => `${name} scaled from 1 to 0`,
      state: [[replicas, '0/0']],
    },
    'service update': {
      of: 'service',
      line: (name) => `service update --env-add LEVEL=debug --limit-memory 64m ${name}`,
      told: (name) => `${name} updated`,
      state: [[spec('TaskTemplate.ContainerSpec.Env'), '[LEVEL=debug]']],
    },
    deploy: {
      of: 'service',
      line: (name) => `deploy ${name} ${lab.image('2')}`,
      told: (name) => `${name} updated`,
      state: [[image, lab.image('2')]],
    },
    restart: {
      of: 'service',
      line: (name) => `restart ${name}`,
      told: (name) => `${name} restarted`,
      state: [[spec('TaskTemplate.ForceUpdate'), '1']],
    },
    'service rollback': {
      of: 'service',
      before: (name) => `service update --quiet --image ${lab.image('2')} ${name}`,
      line: (name) => `service rollback ${name}`,
      told: (name) => `${name} rolled back`,
      state: [[image, lab.image('1')]],
    },
    rollback: {
      of: 'service',
      before: (name) => `service update --quiet --detach --label-add tier=front ${name}`,
      line: (name) => `rollback ${name}`,
      told: (name) => `${name} rolled back`,
      state: [[spec('Labels'), 'map[]']],
    },
    'service update --rollback': {
      of: 'service',
      before: (name) => `service update --quiet --detach --label-add tier=front ${name}`,
      line: (name) => `service update --rollback ${name}`,
      told: (name) => `${name} rolled back`,
      state: [[spec('Labels'), 'map[]']],
    },
    'node update': {
      of: 'node',
      line: (name) => `node update --label-add zone=z9 ${name}`,
      told: (name) => `${name} is updated`,
      state: [[(name) => `node inspect --format {{.Spec.Labels}} ${name}`, 'map[zone:z9]']],
      undo: (name) => `node update --label-rm zone ${name}`,
    },
    drain: {
      of: 'node',
      line: (name) => `drain ${name}`,
      told: (name) => `${name} is drained`,
      state: [
        [(name) => `node inspect --format {{.Spec.Availability}} ${name}`, 'drain'],
        [(name) => `node ps --filter desired-state=running --quiet ${name}`, ''],
      ],
      undo: (name) => `node update --availability active ${name}`,
    },
    activate: {
      of: 'node',
      before: (name) => `node update --availability drain ${name}`,
      line: (name) => `activate ${name}`,
      told: (name) => `${name} is active`,
      state: [[(name) => `node inspect --format {{.Spec.Availability}} ${name}`, 'active']],
    },
  };
}

/** Runs a command of the docker CLI that has no words with spaces in them. */
export function cli(lab: Lab, command: string): Promise<string> {
  return lab.docker(...command.split(' '));
}

/** Waits until the Swarm is as a row says. */
export async function stands(lab: Lab, { state }: ChangeRow, name: string): Promise<void> {
  for (const [command, is] of state) await settles(() => cli(lab, command(name)), is);
}
