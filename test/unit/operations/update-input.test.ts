import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../src/dispatch/parse-command.ts';
import { operations } from '../../../src/operations/table.ts';
import { updateInput } from '../../../src/operations/update-input.ts';
import { specSettings } from '../../../src/swarm/spec-settings.ts';

/** What a line of flags sets in an empty spec. */
function sets(flags: Readonly<Record<string, string | boolean | readonly string[]>>) {
  const { edits } = updateInput.parse({ args: ['web'], flags });
  const empty = { Name: '', TaskTemplate: {} };
  const spec = edits.reduce((edited, edit) => edit(edited), empty);
  return Object.fromEntries([...specSettings(spec)].filter(([, value]) => value !== ''));
}

function problems(line: string): string {
  try {
    parseCommand(operations, line).prepare();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}

describe('the flags of service update', () => {
  it.each([
    [{ 'limit-cpu': '.3' }, { 'TaskTemplate.Resources.Limits.NanoCPUs': 300_000_000 }],
    [{ 'limit-memory': '512m' }, { 'TaskTemplate.Resources.Limits.MemoryBytes': 536_870_912 }],
    [{ 'limit-pids': '9' }, { 'TaskTemplate.Resources.Limits.Pids': 9 }],
    [{ 'reserve-cpu': '2' }, { 'TaskTemplate.Resources.Reservations.NanoCPUs': 2e9 }],
    [{ 'update-delay': '1m30s' }, { 'UpdateConfig.Delay': 90e9 }],
    [{ 'update-parallelism': '0' }, { 'UpdateConfig.Parallelism': 0 }],
    [{ 'update-failure-action': 'rollback' }, { 'UpdateConfig.FailureAction': 'rollback' }],
    [{ 'rollback-order': 'start-first' }, { 'RollbackConfig.Order': 'start-first' }],
    [{ 'rollback-max-failure-ratio': '0.2' }, { 'RollbackConfig.MaxFailureRatio': 0.2 }],
    [{ 'restart-condition': 'on-failure' }, { 'TaskTemplate.RestartPolicy.Condition': 'on-failure' }],
    [{ 'restart-window': '2m' }, { 'TaskTemplate.RestartPolicy.Window': 120e9 }],
    [{ 'env-add': ['A=x=y'] }, { 'TaskTemplate.ContainerSpec.Env A': 'A=x=y' }],
    [{ 'label-add': ['bare', 'a=b'] }, { 'Labels bare': 'bare=', 'Labels a': 'a=b' }],
    [{ 'container-label-add': ['a='] }, { 'TaskTemplate.ContainerSpec.Labels a': 'a=' }],
    [
      { 'constraint-add': ['node.role==worker'] },
      { 'TaskTemplate.Placement.Constraints node.role==worker': 'node.role==worker' },
    ],
    [{ force: true }, { 'TaskTemplate.ForceUpdate': 1 }],
  ])('%j sets %j', (flags, expected) => {
    expect(sets(flags)).toMatchObject(expected);
  });

  it.each([
    ['service update web', 'needs something to change'],
    ['service update --force', 'takes one service'],
    ['service update --force a b', 'takes one service'],
    ['service update --image Web web', '"Web" is no image'],
    ['service update --replicas -1 web', '--replicas takes a whole number'],
    ['service update --replicas 1e9 web', '--replicas takes a whole number'],
    ['service update --limit-cpu 0.0000000001 web', '--limit-cpu takes a number of CPUs'],
    ['service update --limit-memory lots web', '--limit-memory takes an amount of memory'],
    ['service update --update-delay 10 web', '--update-delay takes a duration'],
    ['service update --update-order sideways web', '--update-order takes "start-first" or "stop-first"'],
    ['service update --rollback-failure-action rollback web', 'takes "pause" or "continue"'],
    ['service update --update-max-failure-ratio 1.5 web', 'takes a ratio from 0 to 1'],
    ['service update --env-add HOME web', '--env-add takes KEY=VALUE'],
    ['service update --env-rm A=1 web', '--env-rm takes a key alone'],
    ['service update --label-add =x web', '--label-add takes KEY=VALUE'],
    ['service update --constraint-add worker web', '--constraint-add takes a constraint'],
    ['service update --rollback --force web', 'With --rollback nothing else can be changed'],
    ['deploy web', 'deploy takes SERVICE and IMAGE, and was given 1'],
    ['restart', 'restart takes SERVICE, and was given none'],
  ])('%s is refused: %s', (line, sentence) => {
    expect(problems(line)).toContain(sentence);
  });

  it('says of a value that is wrong only that', () => {
    const problem = '--limit-memory takes an amount of memory';
    expect(problems('service update --limit-memory lots web')).toMatch(new RegExp(`^${problem}[^\n]*$`));
    expect(problems('deploy web 🚀')).toMatch(/^"🚀" is no image: [^\n]*$/);
    expect(problems('service update --env-add HOME web')).not.toContain('needs something to change');
    expect(problems('service update').split('\n')).toHaveLength(2);
  });

  it('shows a short form’s own usage with its mistakes', () => {
    const usage = 'deploy [OPTIONS] SERVICE IMAGE';
    const help = { usage, example: 'deploy web shop/web:2' };
    const preparing = (line: string) => () => parseCommand(operations, line).prepare();
    expect(preparing('deploy web 🚀')).toThrow(expect.objectContaining(help));
    expect(preparing('deploy web shop/web:2 --nope')).toThrow(expect.objectContaining(help));
  });

  it('does not repeat what an environment variable was to be', () => {
    expect(problems('service update --env-add hunter2 web')).not.toContain('hunter2');
  });

  it.each([
    ['deploy web shop/web:2', 'service update --image=shop/web:2 web'],
    ['deploy -d web --env-add A=1 shop/web:2', 'service update -d --env-add A=1 --image=shop/web:2 web'],
    ['restart web', 'service update --force web'],
    ['rollback web', 'service rollback web'],
    ['service update --rollback web', 'service rollback web'],
    ['service update -d web --rollback', 'service rollback --detach web'],
    ['deploy --help', 'help service update'],
  ])('%s is %s', (line, words) => {
    const parsed = parseCommand(operations, line);
    expect(parsed.words.join(' ')).toBe(words);
    expect(() => parsed.prepare()).not.toThrow();
  });
});
