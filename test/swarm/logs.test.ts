import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { parseCommand } from '../../src/dispatch/parse-command.ts';
import type { Answer } from '../../src/operations/answer.ts';
import { lastLogLines } from '../../src/operations/last-log-lines.ts';
import { operations } from '../../src/operations/table.ts';
import { describeSwarm } from '../lab/describe-swarm.ts';
import type { LabService } from '../lab/swarm-lab.ts';
import { labEngine } from './lab-engine.ts';

const run = promisify(execFile);

describeSwarm('service logs', (lab) => {
  const engine = labEngine(lab);
  const app = lab.image('1');

  async function ask(line: string, reported: Answer[] = []): Promise<Answer> {
    const prepared = parseCommand(operations, line).prepare();
    if (prepared.kind !== 'read') throw new Error(`${line} is no read`);
    return prepared.run({
      engine,
      audit: { entries: async () => [] },
      signal: AbortSignal.timeout(60_000),
      now: Date.now,
      visible: () => true,
      may: () => true,
      decide: () => Promise.reject(new Error('not asked here')),
      operations,
      report: async (progress) => void reported.push(progress),
    });
  }

  function linesOf(answer: Answer): readonly string[] {
    const pages = answer.flatMap((part) => (part.kind === 'code' ? [part.text] : []));
    return pages.toReversed().flatMap((page) => page.split('\n'));
  }

  function sentences(answer: Answer): string {
    return JSON.stringify(answer.filter(({ kind }) => kind === 'text'));
  }

  /** What the CLI shows, without its padding: a task's stdout on its own stdout, and stderr on stderr. */
  async function cli(...args: string[]): Promise<readonly string[]> {
    const docker = `${process.env['ENGINE_ROOT'] ?? '/opt/engine28'}/usr/bin/docker`;
    const { stdout, stderr } = await run(docker, [
      '-H',
      `unix://${lab.socket(1)}`,
      'service',
      'logs',
      ...args,
    ]);
    return `${stdout}${stderr}`
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => line.replace(/ +\| /, ' | ').replace(/\r$/, ''));
  }

  async function wrote({ name }: LabService, count: number): Promise<void> {
    await expect
      .poll(async () => (await cli('--raw', name)).filter((line) => line !== '').length, { timeout: 60_000 })
      .toBe(count);
  }

  const says = (text: string) => ['sh', '-c', `${text}; exec sleep 1000`];

  it('are the lines that the docker CLI shows, in the order of time', async () => {
    const command = says('for i in 1 2 3; do echo out $i; echo "  fehler ü $i" >&2; done');
    await using web = await lab.createService('--replicas', '3', '--hostname', 'h', app, ...command);
    await wrote(web, 18);
    for (const flags of [
      [],
      ['--no-trunc'],
      ['--no-task-ids'],
      ['--no-resolve'],
      ['-t'],
      ['-n', '2'],
      ['--raw'],
    ]) {
      const ours = linesOf(await ask(['logs', ...flags, web.name].join(' ')));
      const theirs = await cli(...flags, web.name);
      const unpadded = ours.map((line) => line.replace(/ +\| /, ' | '));
      expect(unpadded.toSorted()).toEqual(theirs.toSorted());
    }
    const times = linesOf(await ask(`logs -t --raw ${web.name}`)).map((line) => line.split(' ')[0] ?? '');
    expect(times).toEqual(times.toSorted());
  });

  it('of a service with a terminal are shown as well', async () => {
    await using web = await lab.createService('--tty', app, ...says('echo one; echo two'));
    await wrote(web, 2);
    const lines = linesOf(await ask(`logs --no-task-ids ${web.name}`));
    expect(lines.map((line) => line.replace(/@node\d/, ''))).toEqual([
      `${web.name}.1 | one`,
      `${web.name}.1 | two`,
    ]);
  });

  it('that nobody keeps are told as such', async () => {
    await using web = await lab.createService('--log-driver', 'none', app);
    expect(sentences(await ask(`logs ${web.name}`))).toContain('log driver of');
  });

  it('name the node that is down, and show the others’ lines', async () => {
    await using web = await lab.createService('--mode', 'global', app, ...says('echo here'));
    await wrote(web, 3);
    await lab.stop(3);
    try {
      const state = () => lab.docker('node', 'ls', '--filter', 'name=node3', '--format', '{{.Status}}');
      await expect.poll(state, { timeout: 60_000 }).toBe('Down');
      const answer = await ask(`logs ${web.name}`);
      expect(sentences(answer)).toContain(`node3 is down: what ${web.name} wrote there is missing.`);
      expect(linesOf(answer)).toHaveLength(2);
    } finally {
      await lab.start(3);
    }
  });

  it('of a task that crashed have its last words', async () => {
    await using web = await lab.createService('--restart-condition', 'none', lab.image('crash'));
    await wrote(web, 1);
    const [task] = await engine.tasks({ service: [web.id] });
    const lines = await lastLogLines(engine, task?.ID ?? '', 5, AbortSignal.timeout(10_000));
    expect(lines).toEqual(['cannot reach database']);
  });

  it('of a million lines on three nodes are tailed within two seconds, in flat memory', async () => {
    const spread = ['--replicas', '3', '--replicas-max-per-node', '1'];
    const command = says('seq 1000000; echo end');
    await using web = await lab.createService(...spread, app, ...command);
    const ended = async () =>
      (await cli('--raw', '-n', '1', web.name)).filter((line) => line === 'end').length;
    await expect.poll(ended, { timeout: 90_000, interval: 1_000 }).toBe(3);
    const [before, from] = [process.memoryUsage().rss, performance.now()];
    const lines = linesOf(await ask(`logs ${web.name}`));
    const took = performance.now() - from;
    const reported: Answer[] = [];
    await ask(`logs -f --for 5s --tail all ${web.name}`, reported);
    const grown = (process.memoryUsage().rss - before) / 1e6;
    expect(lines).toHaveLength(300);
    expect(lines.filter((line) => line.endsWith('| end'))).toHaveLength(3);
    expect(took).toBeLessThan(2_000);
    expect(reported.length).toBeGreaterThan(1);
    // Of this process, tests and all.
    expect(grown).toBeLessThan(20);
  });
});
