import { describe, expect, it } from 'vitest';
import { EngineFailure } from '../../../src/engine/engine.ts';
import { lastLogLines, lastWords } from '../../../src/operations/last-log-lines.ts';
import type { LogLine } from '../../../src/swarm/log-entry.ts';
import type { TaskTrouble } from '../../../src/swarm/task-trouble.ts';
import { sampleEngine } from './sample-engine.ts';

const signal = new AbortController().signal;

function line(second: number, text: string): LogLine {
  const time = `2026-01-01T00:00:0${second}Z`;
  return { kind: 'line', stream: 'stderr', time, node: 'n1', task: 't1', text, cut: false };
}

function trouble(slot: string, exitCode: number | null): TaskTrouble {
  return { task: 't1', slot, node: 'node1', state: 'failed', cause: '', error: '', exitCode };
}

describe('lastLogLines', () => {
  it('gives what a task wrote, in the order of time, with secrets masked', async () => {
    const engine = sampleEngine({ logs: [line(2, 'password=hunter2'), line(1, 'connecting')] });
    const [first, second, ...others] = await lastLogLines(engine, 't1', 5, signal);
    expect([first, others]).toEqual(['connecting', []]);
    expect(second).toMatch(/^password=/);
    expect(second).not.toContain('hunter2');
  });

  it('gives none when the engine tells none', async () => {
    expect(await lastLogLines(sampleEngine({ refuses: ['logs'] }), 't1', 5, signal)).toEqual([]);
  });

  it('ends when it is called off', async () => {
    const stop = AbortSignal.abort(new Error('the process stops'));
    const engine = {
      ...sampleEngine({}),
      async *logs() {
        yield await Promise.reject<LogLine>(new EngineFailure('unavailable', 'aborted', 'Called off.'));
      },
    };
    await expect(lastLogLines(engine, 't1', 5, stop)).rejects.toThrow('the process stops');
  });
});

describe('lastWords', () => {
  it('are told of tasks that ended, and not of those that never began', async () => {
    const engine = sampleEngine({ logs: [line(1, 'no database')] });
    expect(await lastWords(engine, 'web', [trouble('slot 1', 1), trouble('slot 2', null)], signal)).toEqual([
      { kind: 'text', text: ['Last lines of slot 1 on node1:'] },
      { kind: 'code', text: 'no database' },
    ]);
    expect(await lastWords(sampleEngine({}), 'web', [trouble('slot 1', 1)], signal)).toEqual([]);
  });

  it('bear the service’s name where a task has no slot, as those of global services', async () => {
    const engine = sampleEngine({ logs: [line(1, 'no database')] });
    const [said] = await lastWords(engine, 'agent', [trouble('', 1)], signal);
    expect(said).toEqual({ kind: 'text', text: ['Last lines of agent on node1:'] });
  });
});
