import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/dispatch/parse-command.ts';
import { connectEngines } from '../../src/engine/connect-engines.ts';
import type { Engines } from '../../src/engine/engine.ts';
import type { Answer, TableCell } from '../../src/operations/answer.ts';
import type { ReadTools } from '../../src/operations/operation.ts';
import { operations } from '../../src/operations/table.ts';
import { describeSwarm } from '../lab/describe-swarm.ts';
import { type Lab, startLab } from '../lab/swarm-lab.ts';
import { cliTable, type Rows } from './cli-table.ts';
import { createFullService, createManyStates, manyStates, settles } from './many-states.ts';

interface Shown {
  readonly command: string;
  readonly rows: Rows;
}

describeSwarm('reading, beside the docker CLI 28', ({ engine }) => {
  let lab: Lab & AsyncDisposable;
  let engines: Engines & AsyncDisposable;

  beforeAll(async () => {
    lab = await startLab({ engine });
    engines = connectEngines({ lab: { host: lab.dockerHost } }, {});
  });

  afterAll(async () => {
    await engines[Symbol.asyncDispose]();
    await lab[Symbol.asyncDispose]();
  });

  async function ask(...words: string[]): Promise<Answer> {
    const prepared = parseCommand(operations, words).prepare();
    if (prepared.kind !== 'read') throw new Error(`${words.join(' ')} is no read`);
    const tools: ReadTools = {
      engine: engines.get('lab'),
      audit: { entries: async () => [] },
      signal: AbortSignal.timeout(30_000),
      now: Date.now,
      visible: () => true,
      may: () => true,
      decide: () => Promise.reject(new Error('not asked here')),
      operations,
      report: () => Promise.reject(new Error('nothing is reported here')),
    };
    await prepared.targets(tools);
    return prepared.run(tools);
  }

  /**
   * Asks the CLI, Shipmate and the CLI again, until nothing but the clock moved meanwhile, and that by less than a
   * second: then what Shipmate says must be what the CLI said before or after.
   */
  async function beside(...words: string[]): Promise<{ readonly ours: Shown; readonly theirs: Shown }> {
    const command = words.join(' ');
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline) {
      const start = Date.now();
      const before = cliTable(await lab.docker(...words));
      const ours = shownTable(await ask(...words));
      const after = cliTable(await lab.docker(...words));
      const still = JSON.stringify(before.map(timeless)) === JSON.stringify(after.map(timeless));
      if (still && Date.now() - start < 1000) {
        const theirs = after.map((row, at) =>
          row.map((cell, column) => {
            const earlier = before[at]?.[column] ?? '';
            return ours[at]?.[column] === earlier ? earlier : cell;
          }),
        );
        return { ours: { command, rows: ours }, theirs: { command, rows: theirs } };
      }
    }
    throw new Error(`${command} doesn't come to rest`);
  }

  it('agrees when there is nothing', async () => {
    for (const line of ['service ls', 'node ps', 'node ls']) {
      const { ours, theirs } = await beside(...line.split(' '));
      expect(ours).toEqual(theirs);
    }
    expect((await beside('service', 'ls')).ours.rows).toEqual([]);
  });

  describe('with services in many states', () => {
    beforeAll(() => createManyStates(lab));

    it('lists services, with every filter', async () => {
      const id = await lab.docker('service', 'inspect', '--format', '{{.ID}}', 'web');
      const some = ['label=tier', 'label=tier=front', 'name=web', 'name=nothing', 'NAME = web '];
      const modes = ['replicated', 'global', 'replicated-job', 'global-job'].map((mode) => `mode=${mode}`);
      for (const flags of [
        [],
        ['-f', 'name=web', '-f', 'name=job', '-f', 'mode=replicated'],
        ...[`id=${id}`, `id=${id.slice(0, 3)}`, ...some, ...modes].map((filter) => ['--filter', filter]),
      ]) {
        const { ours, theirs } = await beside('service', 'ls', ...flags);
        expect(ours).toEqual(theirs);
      }
      expect((await beside('service', 'ls')).ours.rows).toHaveLength(manyStates);
    });

    it('lists the tasks of services, with history, errors and every filter', async () => {
      const names = (await lab.docker('service', 'ls', '--format', '{{.Name}}')).split('\n');
      const [task = ''] = (await lab.docker('service', 'ps', '-q', 'crashing')).split('\n');
      const states = ['running', 'shutdown', 'complete', 'ready', 'accepted', 'RUNNING'].map(
        (state) => `desired-state=${state}`,
      );
      const filters = [`id=${task}`, 'name=web.1', 'name=nothing', 'node=node2', 'node=self', ...states];
      for (const line of [
        ...names,
        'web agent crashing',
        '--no-trunc crashing missing',
        '--no-resolve web agent nowhere',
        ...filters.map((filter) => `-f ${filter} web agent crashing paused job`),
      ]) {
        const { ours, theirs } = await beside('service', 'ps', ...line.split(' '));
        expect(ours).toEqual(theirs);
      }
    });

    it('lists nodes, with every filter', async () => {
      const id = await lab.docker('node', 'inspect', '--format', '{{.ID}}', 'node2');
      for (const filter of [
        `id=${id}`,
        `id=${id.slice(0, 3)}`,
        'name=node',
        'name=node2',
        'role=manager',
        'role=worker',
        'role=Manager',
        'label=zone',
        'node.label=zone',
        'node.label=zone=b',
        'membership=accepted',
        'membership=pending',
      ]) {
        const { ours, theirs } = await beside('node', 'ls', '-f', filter);
        expect(ours).toEqual(theirs);
      }
    });

    it('lists the tasks of nodes, with every filter', async () => {
      const id = await lab.docker('node', 'inspect', '--format', '{{.ID}}', 'node2');
      const filters = ['desired-state=running', 'desired-state=shutdown', 'name=web', 'label=tier'];
      for (const line of [
        'self',
        'node2',
        '--no-trunc node3',
        `--no-resolve ${id}`,
        ...filters.map((filter) => `-f ${filter} node2`),
      ]) {
        const { ours, theirs } = await beside('node', 'ps', ...line.split(' '));
        expect(ours).toEqual(theirs);
      }
    });

    it('lists the tasks of several nodes once; the CLI lists the first ones again with each further one', async () => {
      const words = ['node', 'ps', '-q', '--no-trunc', 'node1', 'node2'];
      const theirs = new Set((await lab.docker(...words)).split('\n'));
      expect(shownCode(await ask(...words)).toSorted()).toEqual([...theirs].toSorted());
    });

    it('gives the same JSON and the same ids', async () => {
      for (const list of ['service', 'node']) {
        const words = [list, 'ls', '--format', 'json'];
        const theirs = (await lab.docker(...words)).split('\n');
        expect(parsed(shownCode(await ask(...words)))).toEqual(parsed(theirs));
      }
      for (const line of ['service ls -q', 'service ps -q web crashing', 'node ls -q', 'node ps -q node2']) {
        const words = line.split(' ');
        expect(shownCode(await ask(...words))).toEqual((await lab.docker(...words)).split('\n'));
      }
    });

    it('shows what was found when a service or node is unknown, and says what is missing', async () => {
      for (const line of ['service ps web nope', 'node ps self nope']) {
        const answer = await ask(...line.split(' '));
        expect(shownTable(answer).length).toBeGreaterThan(0);
        expect(notes(answer)).toContainEqual(expect.stringContaining('nope'));
      }
      await expect(ask('service', 'ps', 'nope')).rejects.toMatchObject({ kind: 'not-found' });
      await expect(ask('node', 'ps', 'nope')).rejects.toMatchObject({ kind: 'not-found' });
    });

    it('tells the same of services and nodes with --pretty', async () => {
      await createFullService(lab);
      for (const line of [
        'service inspect --pretty full',
        'service inspect --pretty web',
        'node inspect --pretty self node2',
      ]) {
        const words = line.split(' ');
        const ours = prettyFacts(shownCode(await ask(...words)));
        expect(ours).toEqual(prettyFacts((await lab.docker(...words)).split('\n')));
      }
      await lab.docker('service', 'rm', 'full');
    });

    describe('when a node is down and another drained', () => {
      beforeAll(async () => {
        await lab.docker('node', 'update', '--availability', 'drain', 'node2');
        await lab.stop(3);
        const node3 = () => lab.docker('node', 'ls', '-f', 'name=node3', '--format', '{{.Status}}');
        await settles(node3, 'Down');
        const here = ['-f', 'node=node1', '-f', 'desired-state=running'];
        const onNode1 = () => lab.docker('service', 'ps', '-q', ...here, 'web');
        await settles(async () => String((await onNode1()).split('\n').length), '3');
      });

      it('still agrees', async () => {
        for (const line of [
          'service ls',
          'node ls',
          'node ps node2',
          'node ps node3',
          'service ps web agent spread zonal paused',
        ]) {
          const { ours, theirs } = await beside(...line.split(' '));
          expect(ours).toEqual(theirs);
        }
      });

      it('marks the numbers that count tasks on the node that is down', async () => {
        const running = (await lab.docker('node', 'ps', 'node3', '--format', '{{.Name}} {{.CurrentState}}'))
          .split('\n')
          .flatMap((task) => /^(\w+)\.\w+ Running/.exec(task)?.[1] ?? []);
        const marks = new Map(
          [...Map.groupBy(running, (name) => name)].map(([name, tasks]) => [name, tasks.length]),
        );
        expect(marks.get('web')).toBe(1);
        expect(marked(await ask('service', 'ls'))).toEqual(marks);
      });
    });
  });
});

function shownTable(answer: Answer): Rows {
  return table(answer).map((row) => row.map((cell) => cell.replace(/ ⚠.*$/, '')));
}

/** By service: how many tasks its REPLICAS is marked to count on down nodes. */
function marked(answer: Answer): ReadonlyMap<string, number> {
  return new Map(
    table(answer).flatMap(([, name = '', , replicas = '']) => {
      const lost = / ⚠ (\d+) on down node$/.exec(replicas)?.[1];
      return lost === undefined ? [] : [[name, Number(lost)] as const];
    }),
  );
}

function table(answer: Answer): Rows {
  const found = answer.find((part) => part.kind === 'table');
  return (found?.rows ?? []).map((row) => row.map(plain));
}

function plain(cell: string | TableCell): string {
  if (typeof cell === 'string') return cell;
  return 'text' in cell ? cell.text : '';
}

function shownCode(answer: Answer): readonly string[] {
  return (answer.find((part) => part.kind === 'code')?.text ?? '').split('\n');
}

function parsed(lines: readonly string[]): readonly unknown[] {
  return lines.map((line): unknown => JSON.parse(line));
}

function notes(answer: Answer): readonly string[] {
  return answer.flatMap((part) =>
    part.kind === 'note' ? [part.text.filter((run) => typeof run === 'string').join('')] : [],
  );
}

function timeless(row: readonly string[]): readonly string[] {
  return row.map((cell) => cell.replace(/ [^ ]+( [^ ]+)* ago$/, ''));
}

/**
 * The lines of a pretty page without their layout, and without what differs on purpose: masked values, networks by id,
 * the wording of times, of health checks and of sections that are empty.
 */
function prettyFacts(lines: readonly string[]): readonly string[] {
  return lines
    .map((line) => line.trim().replace(/\s+/g, ' ').replace(' = ', ': '))
    .filter((line) => line !== '' && !/:$|^(?:Env|Networks|Test|Joined at):|ago$/.test(line));
}
