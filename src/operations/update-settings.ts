import { parseBytes, parseNanoCpus } from '../swarm/parse-amount.ts';
import { parseGoDuration } from '../swarm/parse-go-duration.ts';
import { setAmount, setRestartPolicy, setUpdateConfig, type SpecEdit } from '../swarm/spec-edits.ts';

/** A flag of `service update` that sets one thing. */
export interface UpdateSetting {
  /** What it takes, as the docker CLI's help names it. */
  readonly value: string;
  readonly summary: string;
  /** @returns the edit that a value means, or undefined when it means nothing. */
  readonly edit: (text: string) => SpecEdit | undefined;
  /** What follows `expected`: `a duration, as in 10s`. */
  readonly expected: string;
}

/** How a kind of value is read. */
interface Kind<Value> {
  readonly value: string;
  readonly expected: string;
  readonly read: (text: string) => Value | undefined;
}

const duration: Kind<number> = {
  value: 'duration',
  expected: 'a duration, as in 10s or 1m30s',
  read: parseGoDuration,
};
const bytes: Kind<number> = {
  value: 'bytes',
  expected: 'an amount of memory, as in 512m or 2g',
  read: parseBytes,
};
const cpus: Kind<number> = {
  value: 'decimal',
  expected: 'a number of CPUs, as in 0.5',
  read: parseNanoCpus,
};
const count: Kind<number> = { value: 'uint', expected: 'a whole number, as in 2', read: parseCount };
const ratio: Kind<number> = {
  value: 'float',
  expected: 'a ratio from 0 to 1, as in 0.2',
  read: (text) => (/^(?:0?\.\d{1,9}|[01](?:\.0*)?|0\.\d{1,9})$/.test(text) ? Number(text) : undefined),
};

/** Digits alone: nothing is guessed. Up to ten million. */
export function parseCount(text: string): number | undefined {
  return /^\d{1,7}$/.test(text) ? Number(text) : undefined;
}

function oneOf(...words: readonly string[]): Kind<string> {
  return {
    value: 'string',
    expected: words.map((word) => `"${word}"`).join(' or '),
    read: (text) => (words.includes(text) ? text : undefined),
  };
}

function setting<Value>(
  { value, expected, read }: Kind<Value>,
  summary: string,
  edit: (value: Value) => SpecEdit,
): UpdateSetting {
  return {
    value,
    summary,
    expected,
    edit(text) {
      const found = read(text);
      return found === undefined ? undefined : edit(found);
    },
  };
}

function rolloutSettings(
  config: 'UpdateConfig' | 'RollbackConfig',
  prefix: 'update' | 'rollback',
  actions: readonly string[],
): Readonly<Record<string, UpdateSetting>> {
  const set = (name: string) => (value: number | string) => setUpdateConfig(config, { [name]: value });
  return {
    [`${prefix}-delay`]: setting(duration, `Delay between task ${prefix}s`, set('Delay')),
    [`${prefix}-parallelism`]: setting(
      count,
      `How many tasks at once, 0 for all, in ${article(prefix)}`,
      set('Parallelism'),
    ),
    [`${prefix}-failure-action`]: setting(
      oneOf(...actions),
      `What ${article(prefix)} does when tasks fail`,
      set('FailureAction'),
    ),
    [`${prefix}-monitor`]: setting(
      duration,
      `How long each task is watched for failure in ${article(prefix)}`,
      set('Monitor'),
    ),
    [`${prefix}-max-failure-ratio`]: setting(
      ratio,
      `Failure rate that ${article(prefix)} tolerates`,
      set('MaxFailureRatio'),
    ),
    [`${prefix}-order`]: setting(
      oneOf('start-first', 'stop-first'),
      `Which task comes first in ${article(prefix)}, the new or the old`,
      set('Order'),
    ),
  };
}

function article(prefix: 'update' | 'rollback'): string {
  return prefix === 'update' ? 'an update' : 'a rollback';
}

/** In the docker CLI's names and units. Source: docker/cli v28 cli/command/service/opts.go. */
export const updateSettings: Readonly<Record<string, UpdateSetting>> = {
  'limit-cpu': setting(cpus, 'Limit CPUs', (value) => setAmount('Limits', 'NanoCPUs', value)),
  'limit-memory': setting(bytes, 'Limit memory', (value) => setAmount('Limits', 'MemoryBytes', value)),
  'limit-pids': setting(count, 'Limit processes, 0 for no limit', (value) =>
    setAmount('Limits', 'Pids', value),
  ),
  'reserve-cpu': setting(cpus, 'Reserve CPUs', (value) => setAmount('Reservations', 'NanoCPUs', value)),
  'reserve-memory': setting(bytes, 'Reserve memory', (value) =>
    setAmount('Reservations', 'MemoryBytes', value),
  ),
  'restart-condition': setting(oneOf('none', 'on-failure', 'any'), 'When tasks are restarted', (value) =>
    setRestartPolicy({ Condition: value }),
  ),
  'restart-delay': setting(duration, 'Delay between restarts', (value) => setRestartPolicy({ Delay: value })),
  'restart-max-attempts': setting(count, 'How many restarts before giving up', (value) =>
    setRestartPolicy({ MaxAttempts: value }),
  ),
  'restart-window': setting(duration, 'The time in which restarts are counted', (value) =>
    setRestartPolicy({ Window: value }),
  ),
  ...rolloutSettings('UpdateConfig', 'update', ['pause', 'continue', 'rollback']),
  ...rolloutSettings('RollbackConfig', 'rollback', ['pause', 'continue']),
};
