import { describe, expect, it } from 'vitest';
import { isShortened, taskRows } from '../../../src/swarm/task-rows.ts';
import { sampleTask } from './sample-swarm.ts';

const names = {
  services: new Map([['id-of-web', 'web']]),
  nodes: new Map([['id-of-node1', 'node1']]),
};
const options = { names, now: Date.parse('2026-01-01T00:03:01Z'), whole: false };

describe('taskRows', () => {
  it('puts the newest task of each slot first and its predecessors below it', () => {
    const rows = taskRows(
      [
        sampleTask('old', { CreatedAt: '2026-01-01T00:00:00.1Z' }),
        sampleTask('tenth', { Slot: 10 }),
        sampleTask('new', { CreatedAt: '2026-01-01T00:00:00.123Z' }),
        sampleTask('second', { Slot: 2 }),
        sampleTask('middle', { CreatedAt: '2026-01-01T00:00:00.12Z' }),
      ],
      options,
    );
    expect(rows.map(({ id, name, previous }) => [id, name, previous])).toEqual([
      ['new', 'web.1', false],
      ['middle', 'web.1', true],
      ['old', 'web.1', true],
      ['second', 'web.2', false],
      ['tenth', 'web.10', false],
    ]);
  });

  it('names tasks of global services after their node, and keeps ids that it has no name for', () => {
    const [global, unknown] = taskRows(
      [sampleTask('a', { Slot: 0 }), sampleTask('b', { ServiceID: 'gone', NodeID: 'left' })],
      options,
    ).toSorted((left, right) => (left.id < right.id ? -1 : 1));
    expect(global).toMatchObject({ name: 'web.id-of-node1', node: 'node1' });
    expect(unknown).toMatchObject({ name: 'gone.1', node: 'left' });
  });

  it("tells a task in the CLI's words", () => {
    const task = sampleTask('abcdefghijklmnopqrstuvwxy', {
      Spec: { ContainerSpec: { Image: 'shop/web:1@sha256:abc' } },
      DesiredState: 'shutdown',
      Status: {
        State: 'failed',
        Timestamp: '2026-01-01T00:00:30.000000001Z',
        Err: 'task: non-zero exit (1): dockerexec: unhealthy container',
        PortStatus: { Ports: [{ PublishedPort: 9090, TargetPort: 90, Protocol: 'tcp' }] },
      },
    });
    expect(taskRows([task], options)).toEqual([
      {
        id: 'abcdefghijkl',
        name: 'web.1',
        previous: false,
        image: 'shop/web:1',
        node: 'node1',
        desiredState: 'Shutdown',
        currentState: 'Failed 2 minutes ago',
        error: '"task: non-zero exit (1): dock…"',
        ports: '*:9090->90/tcp',
      },
    ]);
    expect(taskRows([task], { ...options, whole: true })).toMatchObject([
      {
        id: task.ID,
        image: 'shop/web:1@sha256:abc',
        error: '"task: non-zero exit (1): dockerexec: unhealthy container"',
      },
    ]);
  });

  it('masks what an error repeats of a command line', () => {
    const Err = 'exec: "--password=hunter2-correct": executable file not found';
    const rows = taskRows([sampleTask('a', { Status: { State: 'rejected', Err } })], {
      ...options,
      whole: true,
    });
    expect(rows[0]?.error).toContain('executable file not found');
    expect(rows[0]?.error).not.toContain('hunter2-correct');
  });

  it('shows a task that is yet to be placed, without a node or a time', () => {
    const task = sampleTask('a', { NodeID: undefined, Status: { State: 'new' } });
    expect(taskRows([task], options)).toMatchObject([{ node: '', currentState: 'New', error: '' }]);
  });
});

describe('isShortened', () => {
  it('is true from the first character that the table leaves out', () => {
    expect(isShortened(sampleTask('a', { Status: { State: 'failed', Err: 'x'.repeat(30) } }))).toBe(false);
    expect(isShortened(sampleTask('a', { Status: { State: 'failed', Err: 'x'.repeat(31) } }))).toBe(true);
  });
});
